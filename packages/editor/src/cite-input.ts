import { Plugin } from 'prosemirror-state'

/** `@` on a selection asks which source the selection rests on; it does not type over it. */
export const citeInputPlugin = (askForSource: () => void): Plugin =>
  new Plugin({
    props: {
      handleTextInput: ({ state, composing }, _from, _to, text) => {
        const { empty, $from, $to } = state.selection
        if (text !== '@' || empty || composing || !$from.sameParent($to)) return false
        askForSource()
        return true
      },
    },
  })
