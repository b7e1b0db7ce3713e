import type { BlockFields } from '@stet/schema/layout/body-acts'
import { Plugin } from 'prosemirror-state'
import type { CommandContext } from './command-context.ts'
import { setKind } from './structure.ts'

/** What makes a block of another kind when it is typed at the start of an empty one, with a space behind it. */
const essayMarks: Readonly<Record<string, Partial<BlockFields>>> = {
  '##': { kind: 'heading', level: 2 },
  '###': { kind: 'heading', level: 3 },
  '-': { kind: 'bullet' },
  '>': { kind: 'quote' },
}
const dispatchMarks: typeof essayMarks = { '##': { kind: 'chapter', speaker: null } }

/** Undo first brings back what was typed, so that it can stand as text. */
export const proseInputPlugin = (context: () => CommandContext | null): Plugin =>
  new Plugin({
    props: {
      handleTextInput: (view, from, to, text) => {
        const typing = context()
        const { parent } = view.state.selection.$from
        if (
          !typing ||
          text !== ' ' ||
          from !== to ||
          view.composing ||
          view.state.selection.$from.parentOffset !== parent.content.size
        )
          return false
        const marks = typing.script.meta.get('kind') === 'essay' ? essayMarks : dispatchMarks
        const fields = Object.hasOwn(marks, parent.textContent) ? marks[parent.textContent] : undefined
        const plain = parent.type.name === 'paragraph' || parent.type.name === 'turn'
        if (!fields || !plain) return false
        typing.dispatch(view.state.tr.insertText(' ', from, to))
        typing.asOneStep(() => {
          const { state, dispatch } = context() ?? typing
          const { $head } = state.selection
          dispatch(state.tr.delete($head.start(), $head.end()))
          setKind(context() ?? typing, fields)
        })
        return true
      },
    },
  })
