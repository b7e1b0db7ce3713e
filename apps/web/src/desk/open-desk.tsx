import type { ScriptEditor } from '@stet/editor/script-editor'
import { fetchRoutes } from '@stet/schema/contract/client'
import type { Person } from '@stet/schema/contract/people'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useAway } from '../away/use-away.ts'
import { WhileAway } from '../away/while-away.tsx'
import { Citing } from '../cite/citing.tsx'
import { CommandButton } from '../commands/command-button.tsx'
import { CommandsContext } from '../commands/commands-context.ts'
import { createCommandRegistry } from '../commands/desk-command.ts'
import { useCommandKeys } from '../commands/use-command-keys.ts'
import { focusField } from '../fields/focus-field.ts'
import { Finding } from '../find/finding.tsx'
import { LastRestoring } from '../history/last-restoring.tsx'
import { useRestoring } from '../history/use-restoring.ts'
import { CommandPalette } from '../palette/command-palette.tsx'
import { later } from '../react/later.tsx'
import { useServices } from '../react/services-context.ts'
import { usePainted, useStands } from '../react/standing.tsx'
import { useFeed } from '../react/use-feed.ts'
import { LastRemoval } from '../removed/last-removal.tsx'
import type { RemovalActs } from '../removed/removal-acts.ts'
import type { Replica } from '../replica/replica.ts'
import { addNewSource } from '../sources/add-new-source.ts'
import { SuggestionMenu } from '../suggest/suggestion-menu.tsx'
import { TimesBar } from '../times/times-bar.tsx'
import { useLearntPaces } from '../times/use-learnt-paces.ts'
import { WordCount } from '../words/word-count.tsx'
import { BottomBar, type Panel } from './bottom-bar.tsx'
import { DeskCommands } from './desk-commands.tsx'
import { type Desk, DeskContext } from './desk-context.ts'
import { HeaderBar } from './header-bar.tsx'
import { Masthead } from './masthead.tsx'
import { NotHere } from './not-here.tsx'
import { Notices } from './notices.tsx'
import type { Place } from './place.ts'
import { readOnlyOf } from './read-only.ts'
import { Script } from './script.tsx'
import type { Aside } from './side-panels.tsx'

const AudioBar = later(async () => (await import('../audio/audio-bar.tsx')).AudioBar)

const Outline = later(
  async () => (await import('../outline/outline.tsx')).Outline,
  () => <div className="outline" />,
)

const SidePanels = later(
  async () => (await import('./side-panels.tsx')).SidePanels,
  () => <aside className="side" />,
)

/** The page of an open dispatch. What is where: header, outline, script, and what the script rests on. */
export const OpenDesk = ({ replica, person }: { replica: Replica; person: Person }) => {
  const { library } = useServices()
  const hasContents = useFeed(replica.hasContents)
  const readOnly = useReadOnly(replica, person)
  const [commands] = useState(createCommandRegistry)
  useCommandKeys(commands)
  const sheet = useRef<HTMLElement>(null)
  const [editor, setEditor] = useState<ScriptEditor | null>(null)
  const isPainted = usePainted(editor !== null)
  useEffect(() => {
    // What is asked later is then asked at once, or said not to be answered.
    if (isPainted) fetchRoutes().catch(() => undefined)
  }, [isPainted])
  const desk = useMemo<Desk>(() => ({ replica, readOnly, isPainted }), [replica, readOnly, isPainted])
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
    const unsubscribe = replica.snapshot.subscribe(note)
    return () => {
      replica.snapshotNow()
      unsubscribe()
    }
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
        else requestAnimationFrame(() => (place.block === null ? editor?.view.focus() : editor?.focusBlock(place.block)))
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
  const removal = useMemo<RemovalActs>(
    () => ({
      putBack: (block) => {
        if (editor?.putBack(block)) jump({ in: 'script', block })
      },
      leaveRemoved: (block) => void editor?.leaveRemoved(block),
      undo: () => void editor?.undo(),
    }),
    [editor, jump],
  )
  const addSource = useCallback(
    (typed: string) => {
      const id = addNewSource(replica.dispatch, typed)
      setAside('sources')
      setOpenSource(id)
      return id
    },
    [replica],
  )
  const restoring = useRestoring(replica.dispatch, editor)
  const [away, awayActs] = useAway(replica, person, editor, jump)
  const [showsAway, setShowsAway] = useState(false)
  if (away === null && showsAway) setShowsAway(false)
  useStands(editor !== null)

  if (!hasContents) return <NotHere because="no copy" />
  return (
    <DeskContext value={desk}>
      <CommandsContext value={commands}>
        <div className="desk" data-panel={panel}>
          <HeaderBar person={person} jump={jump} />
          <Outline editor={editor} jump={jump} />
          {editor === null ? null : <Finding editor={editor} scroller={sheet} />}
          <main ref={sheet} className="sheet-scroll" aria-label="Dispatch">
            <Notices removal={removal} onShowRemoved={() => choosePanel('removed')} />
            <WhileAway
              away={away}
              acts={awayActs}
              onShow={() => {
                setShowsAway(true)
                choosePanel('history')
              }}
            />
            <div className="sheet">
              <Masthead />
              <Script onEditor={setEditor} person={person} addSource={addSource} />
            </div>
          </main>
          <footer className="script-foot">
            <AudioBar editor={editor} act={restoring.restore} />
            <TimesBar editor={editor} />
            {editor === null ? null : <WordCount editor={editor} />}
            <CommandButton id="find" name="Find" keys="Mod-f" />
            <CommandButton id="palette" name="Commands" keys="Mod-k" />
          </footer>
          <SidePanels
            aside={aside}
            onAside={setAside}
            openSource={openSource}
            onOpenSource={setOpenSource}
            jump={jump}
            cite={cite}
            removal={removal}
            restoring={restoring}
            away={showsAway ? away : null}
            onAwayBack={() => setShowsAway(false)}
          />
          <LastRemoval acts={removal} isCovered={restoring.last !== null} />
          <LastRestoring restoring={restoring} />
          <BottomBar panel={panel} onPanel={choosePanel} />
        </div>
        <CommandPalette />
        <DeskCommands editor={editor} jump={jump} onPanel={choosePanel} />
        {editor === null ? null : (
          <>
            <SuggestionMenu editor={editor} />
            <Citing editor={editor} addSource={addSource} />
          </>
        )}
      </CommandsContext>
    </DeskContext>
  )
}

const useReadOnly = (replica: Replica, person: Person): string | null => {
  const state = useSyncExternalStore(replica.status.subscribe, () => replica.status.get().state)
  const layout = useSyncExternalStore(replica.snapshot.subscribe, () => replica.dispatch.meta.get('layout'))
  return readOnlyOf(person, state, layout)?.notice ?? null
}
