import { toggleMark } from 'prosemirror-commands'
import { TextSelection } from 'prosemirror-state'
import { type CommandContext, hereOf } from './command-context.ts'
import { scriptSchema } from './script-schema.ts'
import { hasStart, recordStart } from './start-acts.ts'
import {
  breakBlock,
  changeSpeakerHere,
  hasNeighbour,
  insertChapter,
  insertTurn,
  isIn,
  isJoinable,
  joinAcross,
  makeTurn,
  moveBlock,
  removeBlock,
  setKind,
  standsAt,
} from './structure.ts'

export type CommandName = keyof typeof commands

export type Command = {
  readonly label: string
  readonly group: 'Blocks' | 'Kind of block' | 'Marks' | 'Times' | 'Script'
  readonly keys: readonly string[]
  /** The other kind of text has no use for it. */
  readonly only?: 'dispatch' | 'essay'
  /** It changes nothing, so readers may use it too. */
  readonly changesNothing?: true
  /** Whether a key means this here (Backspace joins only at the start). What it does not mean is left to the page. */
  readonly onKey?: (context: CommandContext, key: string) => boolean
  /** Whether there is anything to do here, so that a palette may offer it. */
  readonly applies?: (context: CommandContext) => boolean
  /** Answers whether it did anything, as ProseMirror's commands do. */
  readonly run: (context: CommandContext) => boolean
}

/** Every command of the script, with its keys. `Mod` is Command on a Mac, Control elsewhere. */
export const commands = {
  nextBlock: { label: 'New turn, or split', group: 'Blocks', keys: ['Enter'], run: (context) => breakBlock(context, 'keep') },
  splitToOther: {
    label: 'Split to the other speaker',
    group: 'Blocks',
    keys: ['Mod-Enter'],
    run: (context) => breakBlock(context, 'other'),
  },
  insertTurn: { label: 'New turn below', group: 'Blocks', keys: [], only: 'dispatch', run: insertTurn },
  insertChapter: { label: 'New chapter here', group: 'Blocks', keys: ['Mod-Alt-c'], only: 'dispatch', run: insertChapter },
  nextSpeaker: {
    label: 'Change the speaker',
    group: 'Blocks',
    keys: ['Tab'],
    onKey: (context) => standsAt(context, -1),
    applies: (context) => isIn(context, 'turn'),
    run: changeSpeakerHere,
  },
  moveUp: {
    label: 'Move the block up',
    group: 'Blocks',
    keys: ['Alt-ArrowUp'],
    applies: (context) => hasNeighbour(context, -1),
    run: (context) => moveBlock(context, -1),
  },
  moveDown: {
    label: 'Move the block down',
    group: 'Blocks',
    keys: ['Alt-ArrowDown'],
    applies: (context) => hasNeighbour(context, 1),
    run: (context) => moveBlock(context, 1),
  },
  // Before the joins: Backspace takes away what a block is, and then joins it.
  makeParagraph: {
    label: 'Make it a paragraph',
    group: 'Kind of block',
    keys: ['Mod-Alt-0', 'Backspace'],
    only: 'essay',
    onKey: (context, key) => key !== 'Backspace' || (standsAt(context, -1) && !isIn(context, 'paragraph')),
    applies: (context) => !isIn(context, 'paragraph'),
    run: (context) => setKind(context, { kind: 'paragraph' }),
  },
  joinBefore: {
    label: 'Join with the block before',
    group: 'Blocks',
    keys: ['Backspace', 'Mod-Backspace', 'Shift-Backspace'],
    onKey: (context) => joinsOnKey(context, -1),
    applies: (context) => isJoinable(context, -1),
    run: (context) => joinAcross(context, -1),
  },
  joinAfter: {
    label: 'Join with the block after',
    group: 'Blocks',
    keys: ['Delete', 'Mod-Delete'],
    onKey: (context) => joinsOnKey(context, 1),
    applies: (context) => isJoinable(context, 1),
    run: (context) => joinAcross(context, 1),
  },
  lineBreak: { label: 'Line break', group: 'Blocks', keys: ['Shift-Enter'], run: breakLine },
  removeBlock: {
    label: 'Remove the block',
    group: 'Blocks',
    keys: ['Mod-Shift-Backspace'],
    applies: (context) => hereOf(context) !== null,
    run: removeBlock,
  },
  makeTurn: {
    label: 'Make it a turn',
    group: 'Kind of block',
    keys: ['Mod-Alt-t'],
    only: 'dispatch',
    applies: (context) => !isIn(context, 'turn'),
    run: makeTurn,
  },
  makeChapter: {
    label: 'Make it a chapter',
    group: 'Kind of block',
    keys: [],
    only: 'dispatch',
    applies: (context) => !isIn(context, 'chapter'),
    run: (context) => setKind(context, { kind: 'chapter', speaker: null }),
  },
  makeHeading: {
    label: 'Make it a heading',
    group: 'Kind of block',
    keys: ['Mod-Alt-2'],
    only: 'essay',
    run: (context) => setKind(context, { kind: 'heading', level: 2 }),
  },
  makeSubheading: {
    label: 'Make it a subheading',
    group: 'Kind of block',
    keys: ['Mod-Alt-3'],
    only: 'essay',
    run: (context) => setKind(context, { kind: 'heading', level: 3 }),
  },
  makeBullet: {
    label: 'Make it a bullet',
    group: 'Kind of block',
    keys: ['Mod-Alt-8'],
    only: 'essay',
    applies: (context) => !isIn(context, 'bullet'),
    run: (context) => setKind(context, { kind: 'bullet' }),
  },
  makeQuote: {
    label: 'Make it a quote',
    group: 'Kind of block',
    keys: ['Mod-Alt-9'],
    only: 'essay',
    applies: (context) => !isIn(context, 'quote'),
    run: (context) => setKind(context, { kind: 'quote' }),
  },
  strong: { label: 'Strong', group: 'Marks', keys: ['Mod-b'], run: (context) => toggle(context, 'strong') },
  em: { label: 'Emphasis', group: 'Marks', keys: ['Mod-i'], run: (context) => toggle(context, 'em') },
  code: { label: 'Code', group: 'Marks', keys: ['Mod-e'], run: (context) => toggle(context, 'code') },
  setStart: {
    label: 'Set the start…',
    group: 'Times',
    keys: ['Mod-Alt-s'],
    only: 'dispatch',
    applies: isTimed,
    run: setStartHere,
  },
  unlockStart: {
    label: 'Unlock the recorded start',
    group: 'Times',
    keys: [],
    only: 'dispatch',
    applies: isRecorded,
    run: unlockStartHere,
  },
  undo: {
    label: 'Undo',
    group: 'Script',
    keys: ['Mod-z'],
    applies: ({ binding }) => binding.undoManager.undoStack.length > 0,
    run: ({ undo }) => undo(),
  },
  redo: {
    label: 'Redo',
    group: 'Script',
    keys: ['Mod-y', 'Shift-Mod-z'],
    applies: ({ binding }) => binding.undoManager.redoStack.length > 0,
    run: ({ redo }) => redo(),
  },
  selectAll: {
    label: 'Select the whole script',
    group: 'Script',
    keys: ['Mod-a'],
    changesNothing: true,
    run: selectAll,
  },
} as const satisfies Record<string, Command>

/** What a key does: the first command that it means here. */
export const press = (key: string, context: CommandContext): boolean =>
  Object.values<Command>(commands).some(
    (command) =>
      command.keys.includes(key) && fits(command, context) && (command.onKey?.(context, key) ?? true) && command.run(context),
  )

/** Whether a palette may offer a command here. */
export const offers = (command: Command, context: CommandContext): boolean =>
  fits(command, context) && (command.applies?.(context) ?? true)

const fits = ({ only }: Command, { script }: CommandContext): boolean =>
  only === undefined || (only === 'essay') === (script.meta.get('kind') === 'essay')

const joinsOnKey = (context: CommandContext, side: -1 | 1): boolean => !context.state.selection.empty || standsAt(context, side)

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

function setStartHere(context: CommandContext): boolean {
  const block = hereOf(context)?.block
  return block !== undefined && hasStart(block) && context.askStart(block.id)
}

function unlockStartHere(context: CommandContext): boolean {
  const block = hereOf(context)?.block
  return block !== undefined && recordStart(context, block.id, null)
}

function isTimed(context: CommandContext): boolean {
  const block = hereOf(context)?.block
  return block !== undefined && hasStart(block)
}

function isRecorded(context: CommandContext): boolean {
  return typeof hereOf(context)?.block.start === 'number'
}

const toggle = ({ state, dispatch }: CommandContext, name: 'strong' | 'em' | 'code'): boolean => {
  const type = scriptSchema.marks[name]
  return type ? toggleMark(type)(state, dispatch) : false
}
