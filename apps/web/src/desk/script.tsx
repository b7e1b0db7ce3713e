import { createScriptEditor } from '@stet/editor/script-editor'
import type { Person } from '@stet/schema/contract/people'
import { memo, useEffect, useRef, useState } from 'react'
import { type AskedStart, StartDialog } from '../times/start-dialog.tsx'
import { useDesk } from './desk-context.ts'

export type ScriptEditor = ReturnType<typeof createScriptEditor>

type Props = { readonly person: Person; readonly onEditor: (editor: ScriptEditor | null) => void }

/** The place where the script editor lives. React makes it and takes it down; what is typed in it renders nothing. */
export const Script = memo(({ person, onEditor }: Props) => {
  const { replica, readOnly } = useDesk()
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
    })
    editor.current = made
    onEditor(made)
    return () => {
      onEditor(null)
      setAsked(null)
      editor.current = null
      made.destroy()
    }
  }, [replica, person, onEditor])

  useEffect(() => {
    startsReadOnly.current = isReadOnly
    editor.current?.setReadOnly(isReadOnly)
  }, [isReadOnly])

  return (
    <>
      <div ref={mount} className="script-mount" />
      {asked !== null && editor.current !== null ? (
        <StartDialog key={asked.block} asked={asked} editor={editor.current} onClose={() => setAsked(null)} />
      ) : null}
    </>
  )
})
