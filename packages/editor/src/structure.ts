import type { BlockFields, BlockPoint } from '@stet/schema/layout/body-acts'
import { type BodyBlock, visibleBlocks } from '@stet/schema/layout/body-view'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { TextSelection } from 'prosemirror-state'
import { type CommandContext, type Here, hereOf, structural } from './command-context.ts'
import { firstBlockOf } from './first-block.ts'
import { positionOf } from './points.ts'

/** The acts on blocks as a person does them: where the caret goes, and who speaks next. */

/** The next voice of the roster after this one. */
export const speakerAfter = (script: Dispatch, speaker: unknown): string | null => {
  const ids = script.speakers.list().map(({ id }) => id)
  return ids[(ids.indexOf(String(speaker)) + 1) % Math.max(ids.length, 1)] ?? null
}

/** Who speaks after these blocks: the other of the two who are talking, or else the next of the roster. */
export const nextVoice = (script: Dispatch, before: readonly BodyBlock[]): string | null => {
  const roster = new Set(script.speakers.list().map(({ id }) => id))
  const voices = before.filter((block) => block.kind === 'turn').map((block) => block.speaker)
  const last = voices.at(-1)
  const other = voices.findLast((voice) => voice !== last && roster.has(String(voice)))
  return typeof other === 'string' ? other : speakerAfter(script, last)
}

/** The caret, or one end of the block it is in: where Backspace and Delete join. */
export const standsAt = (context: CommandContext, side: -1 | 1): boolean => {
  const here = context.state.selection.empty ? hereOf(context) : null
  return here !== null && here.point.offset === (side < 0 ? 0 : here.block.length)
}

export const breakBlock = (context: CommandContext, speaker: 'keep' | 'other'): boolean => {
  const { state, binding, script, signature } = context
  if (!state.selection.empty) context.dispatch(state.tr.deleteSelection())
  const here = hereOf({ binding, state: binding.state() })
  const { body } = binding
  if (!here) {
    return structural(
      context,
      () => {
        body.insertBlock(null, firstBlockOf(script), signature.origin)
      },
      () => startOf(visibleBlocks(body.read())[0]),
    )
  }
  const { block, point, shown, index } = here
  const kind = block.kind
  if (kind === 'bullet' && block.length === 0)
    return structural(context, () => body.setFields(block.id, { kind: 'paragraph' }, signature.origin))
  const atEnd = point.offset === block.length
  const fields: Partial<BlockFields> =
    kind === 'turn'
      ? atEnd || speaker === 'other'
        ? { speaker: nextVoice(script, shown.slice(0, index + 1)) }
        : {}
      : kind === 'chapter'
        ? { kind: 'turn', speaker: nextVoice(script, shown.slice(0, index)) }
        : atEnd && kind !== 'bullet'
          ? { kind: 'paragraph' }
          : {}
  let added: string | null = null
  return structural(
    context,
    () => {
      added = body.split(point, fields, signature.origin)
    },
    // A split at the start leaves the caret in the text it was in.
    () => (point.offset === 0 && block.length > 0 ? { block: block.id, offset: 0 } : beginningOf(added)),
  )
}

/**
 * Joins the block with its neighbour. A title and the words under it are not made one: an act meant for two turns would make
 * speech a part of the title, or the title speech. There the caret goes over to the other side.
 */
export const joinAcross = (context: CommandContext, side: -1 | 1): boolean => {
  // The browser is not left to delete over several blocks: margins stand between them.
  if (!context.state.selection.empty) {
    context.dispatch(context.state.tr.deleteSelection().scrollIntoView())
    return true
  }
  const here = hereOf(context)
  if (!here) return false
  const seam = seamOf(here, side)
  if (!seam) return side < 0
  const [first, second] = seam
  const { body } = context.binding
  const { origin, mark } = context.signature
  const endOfFirst = { block: first.id, offset: first.length }
  const startOfSecond = { block: second.id, offset: 0 }
  if (first.length === 0)
    return structural(
      context,
      () => body.remove(first.id, mark(), origin),
      () => startOfSecond,
    )
  if (second.length === 0)
    return structural(
      context,
      () => body.remove(second.id, mark(), origin),
      () => endOfFirst,
    )
  if (isTitle(first) !== isTitle(second)) return goTo(context, side < 0 ? endOfFirst : startOfSecond)
  return structural(
    context,
    () => body.join(second.id, first.id, origin),
    () => endOfFirst,
  )
}

/** Whether the block may become one with its neighbour on that side: a title never does with what is said or told under it. */
export const isJoinable = (context: CommandContext, side: -1 | 1): boolean => {
  const here = hereOf(context)
  const seam = here && seamOf(here, side)
  if (!seam) return false
  const [first, second] = seam
  return first.length === 0 || second.length === 0 || isTitle(first) === isTitle(second)
}

/** The block of the caret and its neighbour on that side, as they follow each other. */
const seamOf = ({ block, index, shown }: Here, side: -1 | 1): readonly [BodyBlock, BodyBlock] | null => {
  const neighbour = shown[index + side]
  if (!neighbour) return null
  return side < 0 ? [neighbour, block] : [block, neighbour]
}

const isTitle = ({ kind }: BodyBlock): boolean => kind === 'chapter' || kind === 'heading'

const goTo = ({ state, dispatch }: CommandContext, point: BlockPoint): boolean => {
  const position = positionOf(state.doc, point)
  if (position === null) return false
  dispatch(state.tr.setSelection(TextSelection.create(state.doc, position)).scrollIntoView())
  return true
}

/** Whether the block has a neighbour on that side to be moved past. */
export const hasNeighbour = (context: CommandContext, side: -1 | 1): boolean => {
  const here = hereOf(context)
  return here?.shown[here.index + side] !== undefined
}

export const moveBlock = (context: CommandContext, side: -1 | 1): boolean => {
  const here = hereOf(context)
  if (!here) return false
  const { block, index, shown } = here
  const before = side < 0 ? shown[index - 1] : shown[index + 2]
  if (side < 0 ? !before : !shown[index + 1]) return true
  return structural(context, () => context.binding.body.move(block.id, before?.id ?? null, context.signature.origin))
}

export const isIn = (context: CommandContext, kind: BlockFields['kind']): boolean => {
  const here = hereOf(context)
  return here !== null && here.block.kind === kind
}

/** Gives the turn of the caret to the next voice of the roster. */
export const changeSpeakerHere = (context: CommandContext): boolean => {
  const here = hereOf(context)
  return here !== null && here.block.kind === 'turn' && changeSpeaker(context, here.block.id)
}

export const changeSpeaker = (context: CommandContext, id: string): boolean => {
  const block = visibleBlocks(context.binding.view()).find((shown) => shown.id === id)
  if (!block) return false
  const speaker = speakerAfter(context.script, block.speaker)
  return structural(context, () => context.binding.body.setFields(id, { speaker }, context.signature.origin))
}

export const removeBlock = (context: CommandContext): boolean => {
  const here = hereOf(context)
  if (!here) return false
  const neighbour = here.shown[here.index + 1] ?? here.shown[here.index - 1]
  const { origin, mark } = context.signature
  return structural(
    context,
    () => context.binding.body.remove(here.block.id, mark(), origin),
    () => startOf(neighbour),
  )
}

/** A chapter begins before the block of the caret; an empty block becomes it. */
export const insertChapter = (context: CommandContext): boolean => {
  const here = hereOf(context)
  if (here?.block.length === 0) return setKind(context, { kind: 'chapter', speaker: null })
  const { binding, signature } = context
  let added: string | null = null
  return structural(
    context,
    () => {
      added = binding.body.insertBlock(here?.shown[here.index - 1]?.id ?? null, { kind: 'chapter' }, signature.origin)
    },
    () => beginningOf(added),
  )
}

export const insertTurn = (context: CommandContext): boolean => {
  const here = hereOf(context)
  if (!here) return breakBlock(context, 'keep')
  const { script, binding, signature } = context
  const speaker = nextVoice(script, here.shown.slice(0, here.index + 1))
  let added: string | null = null
  return structural(
    context,
    () => {
      added = binding.body.insertBlock(here.block.id, { kind: 'turn', speaker }, signature.origin)
    },
    () => beginningOf(added),
  )
}

export const makeTurn = (context: CommandContext): boolean => {
  const here = hereOf(context)
  if (!here) return false
  const speaker = here.block.speaker ?? nextVoice(context.script, here.shown.slice(0, here.index))
  return setKind(context, { kind: 'turn', speaker })
}

export const setKind = (context: CommandContext, fields: Partial<BlockFields>): boolean => {
  const here = hereOf(context)
  if (!here) return false
  return structural(context, () => context.binding.body.setFields(here.block.id, fields, context.signature.origin))
}

const beginningOf = (block: string | null): BlockPoint | null => (block === null ? null : { block, offset: 0 })

const startOf = (block: BodyBlock | undefined): BlockPoint | null => (block ? { block: block.id, offset: 0 } : null)
