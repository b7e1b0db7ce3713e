import { Plugin } from 'prosemirror-state'
import type { Range } from './citing.ts'
import type { CommandContext } from './command-context.ts'
import { pointOf } from './points.ts'

const OPEN_CUE = /\[(\p{Ll}[\p{Ll} '’-]{0,39})$/u

/** Typing `[sighs]` in a turn makes a cue of it, as soon as the bracket closes. */
export const cueInputPlugin = (context: () => CommandContext | null): Plugin =>
  new Plugin({
    props: {
      handleTextInput: (view, from, to, text) => {
        const known = context()
        const $from = view.state.doc.resolve(from)
        if (!known || text !== ']' || from !== to || $from.parent.type.name !== 'turn') return false
        const before = $from.parent.textBetween(0, $from.parentOffset, '', '\ufffc')
        const [whole, cue] = OPEN_CUE.exec(before) ?? []
        return whole !== undefined && cue !== undefined && placeCue(known, { from: from - whole.length, to: from }, cue)
      },
    },
  })

/** Puts a cue in the place of some text of one block. */
export const placeCue = ({ state, binding, signature, asOneStep }: CommandContext, { from, to }: Range, cue: string): boolean => {
  const [start, end] = [pointOf(state.doc, from), pointOf(state.doc, to)]
  if (!start || !end || start.block !== end.block) return false
  const { body } = binding
  asOneStep(() =>
    binding.act(
      () => {
        body.deleteText(start.block, start.offset, end.offset, signature.origin)
        body.insertCue(start, cue, {}, signature.origin)
      },
      () => ({ block: start.block, offset: start.offset + 1 }),
    ),
  )
  return true
}
