import type { BlockFields, BlockPoint } from '@stet/schema/layout/body-acts'
import { type BodyBlock, kindOf, leadOf, visibleBlocks } from '@stet/schema/layout/body-view'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { toggleMark } from 'prosemirror-commands'
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import type { Binding } from './binding.ts'
import { firstBlockOf } from './first-block.ts'
import { pointOf } from './points.ts'
import { scriptSchema } from './script-schema.ts'
import { hasStart, recordStart } from './start-acts.ts'
import type { Signature } from './translate-transaction.ts'

/** What a command works on. It answers whether it did anything, as ProseMirror's commands do. */
export type CommandContext = {
  readonly state: EditorState
  readonly dispatch: (transaction: Transaction) => void
  readonly binding: Binding
  readonly script: Dispatch
  readonly signature: Signature
  readonly undo: () => boolean
  readonly redo: () => boolean
  /** Asks the person for the start of a block. */
  readonly askStart: (block: string) => boolean
}

export type CommandName = keyof typeof commands

type Command = { readonly label: string; readonly keys: readonly string[]; readonly run: (context: CommandContext) => boolean }

/** Every command of the script, with its keys. `Mod` is Command on a Mac, Control elsewhere. */
export const commands = {
  nextBlock: { label: 'New turn, or split', keys: ['Enter'], run: (context) => breakBlock(context, 'keep') },
  splitToOther: { label: 'Split to the other speaker', keys: ['Mod-Enter'], run: (context) => breakBlock(context, 'other') },
  lineBreak: {
    label: 'Line break',
    keys: ['Shift-Enter'],
    run: breakLine,
  },
  joinBefore: {
    label: 'Join with the block before',
    keys: ['Backspace', 'Mod-Backspace', 'Shift-Backspace'],
    run: (context) => joinAcross(context, -1),
  },
  joinAfter: { label: 'Join with the block after', keys: ['Delete', 'Mod-Delete'], run: (context) => joinAcross(context, 1) },
  selectAll: { label: 'Select the whole script', keys: ['Mod-a'], run: selectAll },
  moveUp: { label: 'Move the block up', keys: ['Alt-ArrowUp'], run: (context) => moveBlock(context, -1) },
  moveDown: { label: 'Move the block down', keys: ['Alt-ArrowDown'], run: (context) => moveBlock(context, 1) },
  nextSpeaker: { label: 'Change the speaker', keys: ['Tab'], run: changeSpeakerAtStart },
  removeBlock: { label: 'Remove the block', keys: ['Mod-Shift-Backspace'], run: removeBlock },
  insertTurn: { label: 'New turn below', keys: [], run: insertTurn },
  insertChapter: { label: 'New chapter here', keys: ['Mod-Alt-c'], run: (context) => insertBefore(context, { kind: 'chapter' }) },
  makeTurn: { label: 'Make it a turn', keys: ['Mod-Alt-t'], run: makeTurn },
  makeParagraph: { label: 'Make it a paragraph', keys: ['Mod-Alt-0'], run: (context) => setKind(context, { kind: 'paragraph' }) },
  makeHeading: {
    label: 'Make it a heading',
    keys: ['Mod-Alt-2'],
    run: (context) => setKind(context, { kind: 'heading', level: 2 }),
  },
  makeSubheading: {
    label: 'Make it a subheading',
    keys: ['Mod-Alt-3'],
    run: (context) => setKind(context, { kind: 'heading', level: 3 }),
  },
  makeBullet: { label: 'Make it a bullet', keys: ['Mod-Alt-8'], run: (context) => setKind(context, { kind: 'bullet' }) },
  makeQuote: { label: 'Make it a quote', keys: ['Mod-Alt-9'], run: (context) => setKind(context, { kind: 'quote' }) },
  strong: { label: 'Strong', keys: ['Mod-b'], run: (context) => toggle(context, 'strong') },
  em: { label: 'Emphasis', keys: ['Mod-i'], run: (context) => toggle(context, 'em') },
  code: { label: 'Code', keys: ['Mod-e'], run: (context) => toggle(context, 'code') },
  setStart: { label: 'Set the start…', keys: ['Mod-Alt-s'], run: setStartHere },
  unlockStart: { label: 'Unlock the recorded start', keys: [], run: unlockStartHere },
  undo: { label: 'Undo', keys: ['Mod-z'], run: ({ undo }) => undo() },
  redo: { label: 'Redo', keys: ['Mod-y', 'Shift-Mod-z'], run: ({ redo }) => redo() },
} as const satisfies Record<string, Command>

/** Rests the selection, or the sentence around the caret, on a source; taken away when it rests on it already. */
export const citeSource = ({ state, dispatch }: CommandContext, source: string): boolean => {
  const { from, to } = state.selection.empty ? sentenceAround(state) : state.selection
  const mark = scriptSchema.marks['cite']?.create({ source })
  if (!mark || from === to) return false
  const has = state.doc.rangeHasMark(from, to, mark.type) && everyTextHas(state, from, to, source)
  dispatch(has ? state.tr.removeMark(from, to, mark) : state.tr.addMark(from, to, mark))
  return true
}

/** The next voice of the roster after this one. */
export const speakerAfter = (script: Dispatch, speaker: unknown): string | null => {
  const ids = script.speakers.list().map(({ id }) => id)
  return ids[(ids.indexOf(String(speaker)) + 1) % Math.max(ids.length, 1)] ?? null
}

type Here = {
  readonly block: BodyBlock
  readonly index: number
  readonly shown: readonly BodyBlock[]
  readonly point: BlockPoint
}

/** Where the caret is; null in a selection or outside any block. */
const caretOf = ({ state, binding }: CommandContext): Here | null => (state.selection.empty ? hereOf({ state, binding }) : null)

const hereOf = ({ state, binding }: Pick<CommandContext, 'state' | 'binding'>): Here | null => {
  const point = pointOf(state.doc, state.selection.head)
  const shown = visibleBlocks(binding.view())
  const index = shown.findIndex(({ id }) => id === point?.block)
  const block = shown[index]
  return point && block ? { block, index, shown, point } : null
}

function breakLine({ state, dispatch }: CommandContext): boolean {
  dispatch(state.tr.insertText('\n').scrollIntoView())
  return true
}

/** From the first letter to the last: a selection of text, so that what replaces it stays in a block of its kind. */
function selectAll({ state, dispatch }: CommandContext): boolean {
  const [from, to] = [TextSelection.atStart(state.doc), TextSelection.atEnd(state.doc)]
  dispatch(state.tr.setSelection(TextSelection.create(state.doc, from.from, to.to)))
  return true
}

/** One structural act, a step of its own in the undo history. */
const structural = ({ binding }: CommandContext, acts: () => void, caret?: () => BlockPoint | null): boolean => {
  binding.undoManager.stopCapturing()
  binding.act(acts, caret)
  binding.undoManager.stopCapturing()
  return true
}

const breakBlock = (context: CommandContext, speaker: 'keep' | 'other'): boolean => {
  const { state, binding, script, signature } = context
  if (!state.selection.empty) context.dispatch(state.tr.deleteSelection())
  const current = { ...context, state: binding.state() }
  const here = hereOf(current)
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
  const { block, point } = here
  const kind = kindOf(block)
  if (kind === 'bullet' && block.length === 0)
    return structural(context, () => body.setFields(block.id, { kind: 'paragraph' }, signature.origin))
  const lead = leadOf(block).marker
  const atEnd = point.offset === block.length
  const fields: Partial<BlockFields> =
    kind === 'turn'
      ? atEnd || speaker === 'other'
        ? { speaker: speakerAfter(script, lead.get('speaker')) }
        : {}
      : kind === 'chapter'
        ? { kind: 'turn', speaker: speakerOfNeighbour(here, script) }
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

/** A turn under a new chapter goes to whoever did not speak last. */
const speakerOfNeighbour = ({ shown, index }: Here, script: Dispatch): string | null => {
  const last = shown.slice(0, index).findLast((block) => kindOf(block) === 'turn')
  return speakerAfter(script, last ? leadOf(last).marker.get('speaker') : null)
}

const joinAcross = (context: CommandContext, side: -1 | 1): boolean => {
  // The browser is not left to delete over several blocks: margins stand between them.
  if (!context.state.selection.empty) {
    context.dispatch(context.state.tr.deleteSelection().scrollIntoView())
    return true
  }
  const here = caretOf(context)
  if (!here) return false
  const { block, index, shown, point } = here
  if (point.offset !== (side < 0 ? 0 : block.length)) return false
  const [first, second] = side < 0 ? [shown[index - 1], block] : [block, shown[index + 1]]
  if (!first || !second) return side < 0
  const { body } = context.binding
  const { origin, mark } = context.signature
  if (first.length === 0)
    return structural(
      context,
      () => body.remove(first.id, mark(), origin),
      () => ({ block: second.id, offset: 0 }),
    )
  if (second.length === 0)
    return structural(
      context,
      () => body.remove(second.id, mark(), origin),
      () => ({ block: first.id, offset: first.length }),
    )
  return structural(
    context,
    () => body.join(second.id, first.id, origin),
    () => ({ block: first.id, offset: first.length }),
  )
}

const moveBlock = (context: CommandContext, side: -1 | 1): boolean => {
  const here = hereOf(context)
  if (!here) return false
  const { block, index, shown } = here
  const before = side < 0 ? shown[index - 1] : shown[index + 2]
  if (side < 0 ? !before : !shown[index + 1]) return true
  return structural(context, () => context.binding.body.move(block.id, before?.id ?? null, context.signature.origin))
}

function changeSpeakerAtStart(context: CommandContext): boolean {
  const here = caretOf(context)
  if (here?.point.offset !== 0 || kindOf(here.block) !== 'turn') return false
  return changeSpeaker(context, here.block.id)
}

/** Gives a turn to the next voice of the roster. */
export const changeSpeaker = (context: CommandContext, id: string): boolean => {
  const block = visibleBlocks(context.binding.view()).find((shown) => shown.id === id)
  if (!block) return false
  const speaker = speakerAfter(context.script, leadOf(block).marker.get('speaker'))
  return structural(context, () => context.binding.body.setFields(id, { speaker }, context.signature.origin))
}

function setStartHere(context: CommandContext): boolean {
  const block = hereOf(context)?.block
  return block !== undefined && hasStart(block) && context.askStart(block.id)
}

function unlockStartHere(context: CommandContext): boolean {
  const block = hereOf(context)?.block
  return block !== undefined && recordStart(context, block.id, null)
}

function removeBlock(context: CommandContext): boolean {
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

const insertBefore = (context: CommandContext, fields: BlockFields): boolean => {
  const here = hereOf(context)
  let added: string | null = null
  return structural(
    context,
    () => {
      added = context.binding.body.insertBlock(here?.shown[here.index - 1]?.id ?? null, fields, context.signature.origin)
    },
    () => beginningOf(added),
  )
}

function insertTurn(context: CommandContext): boolean {
  const here = hereOf(context)
  if (!here) return breakBlock(context, 'keep')
  const { script, binding, signature } = context
  const speaker = speakerOfNeighbour({ ...here, index: here.index + 1 }, script)
  let added: string | null = null
  return structural(
    context,
    () => {
      added = binding.body.insertBlock(here.block.id, { kind: 'turn', speaker }, signature.origin)
    },
    () => beginningOf(added),
  )
}

function makeTurn(context: CommandContext): boolean {
  const here = hereOf(context)
  if (!here) return false
  const speaker = leadOf(here.block).marker.get('speaker')
  return setKind(context, {
    kind: 'turn',
    speaker: typeof speaker === 'string' ? speaker : speakerOfNeighbour(here, context.script),
  })
}

const setKind = (context: CommandContext, fields: Partial<BlockFields>): boolean => {
  const here = hereOf(context)
  if (!here) return false
  return structural(context, () => context.binding.body.setFields(here.block.id, fields, context.signature.origin))
}

const toggle = ({ state, dispatch }: CommandContext, name: 'strong' | 'em' | 'code'): boolean => {
  const type = scriptSchema.marks[name]
  return type ? toggleMark(type)(state, dispatch) : false
}

const beginningOf = (block: string | null): BlockPoint | null => (block === null ? null : { block, offset: 0 })

const startOf = (block: BodyBlock | undefined): BlockPoint | null => (block ? { block: block.id, offset: 0 } : null)

/** The sentence around the caret, without the space before it; empty in an empty block. */
const sentenceAround = (state: EditorState): { from: number; to: number } => {
  const { $head } = state.selection
  const text = $head.parent.textBetween(0, $head.parent.content.size, '', '\ufffc')
  const offset = $head.parentOffset
  const sentences = [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)]
  const sentence = sentences.find(({ index, segment }) => offset <= index + segment.trimEnd().length) ?? sentences.at(-1)
  if (!sentence) return { from: $head.pos, to: $head.pos }
  const lead = sentence.segment.length - sentence.segment.trimStart().length
  const from = $head.start() + sentence.index + lead
  return { from, to: from + sentence.segment.trim().length }
}

const everyTextHas = (state: EditorState, from: number, to: number, source: string): boolean => {
  let every = true
  state.doc.nodesBetween(from, to, (node) => {
    if (node.isText && !node.marks.some((mark) => mark.type.name === 'cite' && mark.attrs['source'] === source)) every = false
  })
  return every
}

export const selectionAt = (state: EditorState, position: number): Transaction =>
  state.tr.setSelection(TextSelection.near(state.doc.resolve(position))).scrollIntoView()
