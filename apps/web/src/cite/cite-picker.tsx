import { citeTargetOf, hideCiteTarget } from '@stet/editor/cite-target'
import { citeRange, sourcesUnder } from '@stet/editor/citing'
import type { ScriptEditor } from '@stet/editor/script-editor'
import { sourceChoices, sourceOf } from '@stet/editor/suggest/source-menu'
import { useDesk } from '../desk/desk-context.ts'
import { Picker } from '../palette/picker.tsx'

type Props = {
  readonly editor: ScriptEditor
  readonly addSource: (typed: string) => string
  readonly label: string
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly isEntered: boolean
  readonly onEnter: () => void
  /** Called with what is to be done once the dialog has gone. */
  readonly onClose: (then: (() => void) | null) => void
}

/** Which source the marked text rests on. One that it rests on already is taken off. */
export const CitePicker = ({ editor, addSource, label, query, onQuery, isEntered, onClose }: Props) => {
  const { replica } = useDesk()
  const { view } = editor
  const target = citeTargetOf(view.state)
  const cited = target ? sourcesUnder(view.state.doc, target) : new Set<string>()
  return (
    <Picker
      label={label}
      query={query}
      onQuery={onQuery}
      isEntered={isEntered}
      placeholder="Title, publisher, number, or a link"
      nothing="There is no such source."
      choices={(typed) => sourceChoices(replica.dispatch, typed, cited)}
      onPick={({ id }) =>
        onClose(() => {
          const marked = citeTargetOf(view.state)
          hideCiteTarget(view)
          if (marked) citeRange(editor.context(), sourceOf(id, query, addSource), marked)
        })
      }
      onClose={() => onClose(() => hideCiteTarget(view))}
    />
  )
}
