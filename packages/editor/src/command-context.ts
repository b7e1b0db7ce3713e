import type { BlockPoint } from '@stet/schema/layout/body-acts'
import { type BodyBlock, visibleBlocks } from '@stet/schema/layout/body-view'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { Binding } from './binding.ts'
import { pointOf } from './points.ts'
import type { Signature } from './translate-transaction.ts'

/** What a command works on. */
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
  /** Runs acts as one step of the undo history, whatever steps they would be by themselves. */
  readonly asOneStep: (acts: () => void) => void
}

export type Here = {
  readonly block: BodyBlock
  readonly index: number
  readonly shown: readonly BodyBlock[]
  readonly point: BlockPoint
}

/** The block that the head of the selection is in; null while it is none of the body's. */
export const hereOf = ({ state, binding }: Pick<CommandContext, 'state' | 'binding'>): Here | null => {
  const point = pointOf(state.doc, state.selection.head)
  const shown = visibleBlocks(binding.view())
  const index = shown.findIndex(({ id }) => id === point?.block)
  const block = shown[index]
  return point && block ? { block, index, shown, point } : null
}

/** One structural act, a step of its own in the undo history. */
export const structural = ({ binding }: CommandContext, acts: () => void, caret?: () => BlockPoint | null): boolean => {
  binding.undoManager.stopCapturing()
  binding.act(acts, caret)
  binding.undoManager.stopCapturing()
  return true
}
