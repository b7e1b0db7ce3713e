import { visibleBlocks } from '@stet/schema/layout/body-view'
import { Plugin } from 'prosemirror-state'
import type { Binding } from './binding.ts'
import { pointOf } from './points.ts'
import type { Signature } from './translate-transaction.ts'

const OPEN_CUE = /\[(\p{Ll}[\p{Ll} '’-]{0,39})$/u

/** Typing `[sighs]` in a turn makes a cue of it, as soon as the bracket closes. */
export const cueInputPlugin = (binding: () => Binding | null, { origin }: Signature): Plugin =>
  new Plugin({
    props: {
      handleTextInput: (view, from, to, text) => {
        const bound = binding()
        const $from = view.state.doc.resolve(from)
        if (!bound || text !== ']' || from !== to || $from.parent.type.name !== 'turn') return false
        const before = $from.parent.textBetween(0, $from.parentOffset, '', '\ufffc')
        const [whole, cue] = OPEN_CUE.exec(before) ?? []
        const point = pointOf(view.state.doc, from)
        if (whole === undefined || cue === undefined || !point) return false
        const start = point.offset - whole.length
        bound.undoManager.stopCapturing()
        bound.act(
          () => {
            bound.body.deleteText(point.block, start, point.offset, origin)
            bound.body.insertCue({ block: point.block, offset: start }, cue, {}, origin)
          },
          () =>
            visibleBlocks(bound.body.read()).some(({ id }) => id === point.block)
              ? { block: point.block, offset: start + 1 }
              : null,
        )
        return true
      },
    },
  })
