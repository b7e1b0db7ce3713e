import { hideCiteTarget, showCiteTarget } from '@stet/editor/cite-target'
import { citedRange } from '@stet/editor/citing'
import type { ScriptEditor } from '@stet/editor/script-editor'
import { useState } from 'react'
import { useCommands } from '../commands/commands-context.ts'
import { useDesk } from '../desk/desk-context.ts'
import { PickerBox } from '../palette/picker-box.tsx'
import { useWayBack } from '../palette/way-back.ts'
import { later, useAhead } from '../react/later.tsx'

const CitePicker = later(
  async () => (await import('./cite-picker.tsx')).CitePicker,
  (props) => <PickerBox {...props} onClose={() => props.onClose(() => hideCiteTarget(props.editor.view))} />,
)

export const CITE_COMMAND = 'cite'

/** Mod-Shift-C: which source does the selection, or the sentence of the caret, rest on? */
export const Citing = ({ editor, addSource }: { editor: ScriptEditor; addSource: (typed: string) => string }) => {
  useAhead(CitePicker)
  const { readOnly } = useDesk()
  const [isOpen, setOpen] = useState(false)
  const [query, setQuery] = useState('')
  const [isEntered, setEntered] = useState(false)
  const { remember, leaveFor } = useWayBack(isOpen)

  useCommands(() =>
    readOnly !== null || citedRange(editor.view.state) === null
      ? []
      : [
          {
            id: CITE_COMMAND,
            label: 'Cite a source',
            group: 'Sources',
            keys: ['Mod-Shift-c'],
            heard: 'in the script',
            words: '@ citation reference',
            run: () => {
              remember()
              setQuery('')
              setEntered(false)
              showCiteTarget(editor.view)
              setOpen(true)
            },
          },
        ],
  )
  if (!isOpen) return null
  return (
    <CitePicker
      editor={editor}
      addSource={addSource}
      label="Cite a source"
      query={query}
      onQuery={setQuery}
      isEntered={isEntered}
      onEnter={() => setEntered(true)}
      onClose={(then) => {
        leaveFor(then)
        setOpen(false)
      }}
    />
  )
}
