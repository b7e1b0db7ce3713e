import type { ScriptEditor } from '@stet/editor/script-editor'
import { useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useCommands } from '../commands/commands-context.ts'
import { useDesk } from '../desk/desk-context.ts'
import type { Restoring } from '../history/use-restoring.ts'
import { useObserved } from '../react/use-observed.ts'
import { AudioDialog } from './audio-dialog.tsx'
import { audioOf } from './audio-of.ts'
import { Player } from './player.tsx'
import '../look/audio.css'

type Props = { readonly editor: ScriptEditor | null; readonly act: Restoring['restore'] }

/** The recording of a dispatch, or the way to give it one. */
export const AudioBar = ({ editor, act }: Props) => {
  const { replica, readOnly } = useDesk()
  const { meta } = replica.dispatch
  useObserved(meta)
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const isDispatch = meta.get('kind') !== 'essay'
  const mayChange = isDispatch && readOnly === null
  useCommands(() =>
    mayChange
      ? [
          {
            id: 'audio',
            label: 'Audio…',
            group: 'Dispatch',
            keys: [],
            heard: 'anywhere',
            words: 'recording upload import times podcast',
            run: () => setOpen(true),
          },
        ]
      : [],
  )
  const audio = audioOf(meta)
  if (!isDispatch || editor === null || (audio === null && !mayChange)) return null
  return (
    <section className="audio-bar" aria-label="Audio" data-empty={audio === null}>
      {audio === null ? null : <Player key={JSON.stringify(audio)} audio={audio} editor={editor} />}
      {mayChange ? (
        <Button
          ref={button}
          className="command-button"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onPress={() => setOpen(true)}
        >
          {audio === null ? 'Add audio…' : 'Audio…'}
        </Button>
      ) : null}
      {isOpen && mayChange ? <AudioDialog audio={audio} act={act} anchor={button} onClose={() => setOpen(false)} /> : null}
    </section>
  )
}
