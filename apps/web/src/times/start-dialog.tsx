import type { ScriptEditor } from '@stet/editor/script-editor'
import { formatShortClock, parseClock } from '@stet/schema/timeline'
import { type FormEvent, useMemo, useState } from 'react'
import { Button, Dialog, FieldError, Input, Label, Popover, TextField } from 'react-aria-components'
import { startFault } from './start-fault.ts'
import { useTimes } from './use-times.ts'

/** Which block, and the place in the margin that its start is asked for at. */
export type AskedStart = { readonly block: string; readonly anchor: HTMLElement }

type Props = { readonly asked: AskedStart; readonly editor: ScriptEditor; readonly onClose: () => void }

/** Records or unlocks the start of one turn or chapter. */
export const StartDialog = ({ asked: { block, anchor }, editor, onClose }: Props) => {
  const trigger = useMemo(() => ({ current: anchor }), [anchor])
  const timeline = useTimes(editor)?.timeline
  const timing = timeline?.get(block)
  const [draft, setDraft] = useState(() => formatShortClock(timing?.start ?? 0))
  const [fault, setFault] = useState<string | null>(null)
  const isRecorded = timing?.recorded === true || timing?.misplaced === true

  const close = () => {
    onClose()
    editor.view.focus()
  }
  const record = (event: FormEvent) => {
    event.preventDefault()
    const wrong = timeline === undefined ? null : startFault(draft, block, timeline)
    setFault(wrong)
    if (wrong !== null) return
    editor.recordStart(block, parseClock(draft))
    close()
  }
  const unlock = () => {
    editor.recordStart(block, null)
    close()
  }
  return (
    <Popover className="popover start-popover" triggerRef={trigger} isOpen onOpenChange={close} placement="bottom start">
      <Dialog aria-label="Start" className="start-dialog">
        <form onSubmit={record}>
          <TextField
            className="labelled"
            value={draft}
            onChange={(next) => {
              setDraft(next)
              setFault(null)
            }}
            isInvalid={fault !== null}
            validationBehavior="aria"
            autoFocus
          >
            <Label>Starts at</Label>
            <Input className="input" autoComplete="off" onFocus={(event) => event.target.select()} />
            <FieldError className="fault">{fault}</FieldError>
          </TextField>
          <p className="hint">{describe(timing)}</p>
          <div className="start-acts">
            {isRecorded ? (
              <Button className="button small" onPress={unlock}>
                Unlock
              </Button>
            ) : null}
            <Button className="button small go" type="submit">
              Record
            </Button>
          </div>
        </form>
      </Dialog>
    </Popover>
  )
}

const describe = (timing: { recorded: boolean; misplaced: boolean } | undefined): string => {
  if (timing?.misplaced) return 'The recorded start does not fit between those around it, so an estimate stands in for it.'
  return timing?.recorded
    ? 'Recorded: it stands whatever is written. Unlocked, it is estimated from the words.'
    : 'Estimated from the words. Recorded, it stands whatever is written.'
}
