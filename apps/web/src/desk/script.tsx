import { createScriptEditor, type ScriptEditor } from '@stet/editor/script-editor'
import type { Person } from '@stet/schema/contract/people'
import { memo, useEffect, useRef, useState } from 'react'
import { CITE_COMMAND } from '../cite/citing.tsx'
import { commandChoices } from '../commands/command-choices.ts'
import { useCommandRegistry } from '../commands/commands-context.ts'
import { later } from '../react/later.tsx'
import { useServices } from '../react/services-context.ts'
import { showNow } from '../replica/session-store.ts'
import type { AskedStart } from '../times/start-dialog.tsx'
import { useDesk } from './desk-context.ts'

const StartDialog = later(async () => (await import('../times/start-dialog.tsx')).StartDialog)

type Props = {
  readonly person: Person
  readonly onEditor: (editor: ScriptEditor | null) => void
  readonly addSource: (typed: string) => string
}

/** The place where the script editor lives. React makes it and takes it down; what is typed in it renders nothing. */
export const Script = memo(({ person, onEditor, addSource }: Props) => {
  const { replica, readOnly } = useDesk()
  const registry = useCommandRegistry()
  const { sessions } = useServices()
  const mount = useRef<HTMLDivElement>(null)
  const editor = useRef<ScriptEditor | null>(null)
  const [asked, setAsked] = useState<AskedStart | null>(null)
  const isReadOnly = readOnly !== null
  const startsReadOnly = useRef(isReadOnly)

  useEffect(() => {
    if (mount.current === null) return
    const made = createScriptEditor({
      mount: mount.current,
      dispatch: replica.dispatch,
      awareness: replica.awareness,
      person: { name: person.name, color: person.color },
      now: () => new Date(),
      readOnly: startsReadOnly.current,
      label: 'Script',
      onAskStart: (block, anchor) => setAsked({ block, anchor }),
      commandList: { choices: (query) => commandChoices(registry.all(), query, navigator.platform), run: registry.run },
      cues: () => showNow(sessions).cues,
      addSource,
      askForSource: () => registry.run(CITE_COMMAND),
    })
    editor.current = made
    onEditor(made)
    return () => {
      onEditor(null)
      setAsked(null)
      editor.current = null
      made.destroy()
    }
  }, [replica, person, onEditor, addSource, registry, sessions])

  useEffect(() => {
    startsReadOnly.current = isReadOnly
    editor.current?.setReadOnly(isReadOnly)
  }, [isReadOnly])

  return (
    <>
      <div ref={mount} className="script-mount" data-hears="script" />
      {asked !== null && editor.current !== null ? (
        <StartDialog key={asked.block} asked={asked} editor={editor.current} onClose={() => setAsked(null)} />
      ) : null}
    </>
  )
})
