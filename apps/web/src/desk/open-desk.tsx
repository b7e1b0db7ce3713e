import { may, type Person } from '@stet/schema/contract/people'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { focusField } from '../fields/focus-field.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import type { Replica } from '../replica/replica.ts'
import { TimesBar } from '../times/times-bar.tsx'
import { useLearntPaces } from '../times/use-learnt-paces.ts'
import { BottomBar, type Panel } from './bottom-bar.tsx'
import { type Desk, DeskContext } from './desk-context.ts'
import { HeaderBar } from './header-bar.tsx'
import { Masthead } from './masthead.tsx'
import { NotHere } from './not-here.tsx'
import { Notices } from './notices.tsx'
import { Outline } from './outline.tsx'
import type { Place } from './place.ts'
import { Script, type ScriptEditor } from './script.tsx'
import { type Aside, SidePanels } from './side-panels.tsx'

/** The page of an open dispatch. What is where: header, outline, script, and what the script rests on. */
export const OpenDesk = ({ replica, person }: { replica: Replica; person: Person }) => {
  const { library } = useServices()
  const hasContents = useFeed(replica.hasContents)
  const readOnly = useReadOnly(replica, person)
  const desk = useMemo<Desk>(() => ({ replica, readOnly }), [replica, readOnly])
  const [editor, setEditor] = useState<ScriptEditor | null>(null)
  const [panel, setPanel] = useState<Panel>('script')
  const [aside, setAside] = useState<Aside>('sources')
  const [openSource, setOpenSource] = useState<string | null>(null)

  useEffect(() => {
    const note = () => {
      const outcome = replica.snapshot.get()
      const times = editor?.times.get() ?? null
      if (outcome.ok && times !== null && replica.hasContents.get())
        void library.note(outcome.snapshot, times.speech, new Date().toISOString())
    }
    return replica.snapshot.subscribe(note)
  }, [replica, library, editor])
  useLearntPaces(editor, replica.id)

  const choosePanel = useCallback((next: Panel) => {
    setPanel(next)
    if (next !== 'script' && next !== 'outline') setAside(next)
  }, [])
  const jump = useCallback(
    (place: Place) => {
      if (place.in === 'source') {
        choosePanel('sources')
        setOpenSource(place.id)
        focusField(`sources/${place.id}/title`)
      } else if (place.in === 'speakers') choosePanel('speakers')
      else {
        choosePanel('script')
        if (place.in === 'field') focusField(place.name)
        // After the panel shows: a hidden script cannot take the caret.
        else if (place.block !== null) requestAnimationFrame(() => editor?.focusBlock(place.block ?? ''))
      }
    },
    [editor, choosePanel],
  )
  const cite = useCallback(
    (source: string) => {
      editor?.citeSource(source)
      choosePanel('script')
    },
    [editor, choosePanel],
  )

  if (!hasContents) return <NotHere because="no copy" />
  return (
    <DeskContext value={desk}>
      <div className="desk" data-panel={panel}>
        <HeaderBar person={person} jump={jump} />
        <Outline jump={jump} editor={editor} />
        <main className="sheet-scroll" aria-label="Dispatch">
          <Notices />
          <div className="sheet">
            <Masthead />
            <Script onEditor={setEditor} person={person} />
          </div>
        </main>
        <TimesBar editor={editor} />
        <SidePanels
          aside={aside}
          onAside={setAside}
          openSource={openSource}
          onOpenSource={setOpenSource}
          jump={jump}
          cite={cite}
        />
        <BottomBar panel={panel} onPanel={choosePanel} />
      </div>
    </DeskContext>
  )
}

const useReadOnly = (replica: Replica, person: Person): string | null => {
  const refused = useSyncExternalStore(replica.status.subscribe, () => replica.status.get().state === 'read only')
  const isNewer = useSyncExternalStore(replica.snapshot.subscribe, () => replica.dispatch.isNewerLayout())
  if (isNewer) return 'This dispatch was written with a newer Stet. Reload the page to get it; until then you can read.'
  return refused || !may(person.role, 'write') ? 'You may read this dispatch, not change it.' : null
}
