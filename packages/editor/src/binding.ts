import { type BlockPoint, pointOfRelative, relativePointOf } from '@stet/schema/layout/body-points'
import type { BodyView } from '@stet/schema/layout/body-view'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { type EditorState, type Selection, TextSelection, type Transaction } from 'prosemirror-state'
import { Mapping, ReplaceStep } from 'prosemirror-transform'
import * as Y from 'yjs'
import { firstBlockOf } from './first-block.ts'
import { type HeldBlock, holdBlock } from './held-block.ts'
import { indexedPointOf, pointOf, positionOf } from './points.ts'
import { staysInside } from './replacements.ts'
import { FROM_BODY, type Shown, syncDocument } from './sync-document.ts'
import { type Signature, translateTransaction } from './translate-transaction.ts'
import { wholeBlocksIn } from './whole-blocks.ts'

/** Where a ProseMirror state lives: an EditorView in the browser, a variable in a test. */
export type StateHolder = {
  readonly get: () => EditorState
  readonly set: (state: EditorState) => void
  /** An input method is at work in the block of the caret. */
  readonly isComposing: () => boolean
  /** A selection that the page has and the state has not been told of yet, as a browser tells of one a moment late. */
  readonly newerSelection?: () => Selection | null
}

/** Where a selection goes: a caret, or both its ends. */
export type Place = BlockPoint | { readonly anchor: BlockPoint | null; readonly head: BlockPoint | null }

export type Binding = ReturnType<typeof bindScript>

/**
 * Binds a ProseMirror state to a body, both ways.
 *
 * **Maintained invariant**: after every call and every remote update, the document equals the body; only what it begins
 * with may end sooner, and while an input method composes in a block that a colleague changes the document waits, until
 * the composition ends.
 * Nothing is ever written to the body while `isReadOnly` says so.
 */
export const bindScript = (
  dispatch: Dispatch,
  holder: StateHolder,
  { origin, mark, isReadOnly }: Signature & { isReadOnly: () => boolean },
  /** The first blocks of the body, when the state shows these already: `refresh` brings the others, as any change does. */
  begun: Shown | null = null,
) => {
  const { body } = dispatch
  let view: BodyView = body.read()
  let shown = begun
  let acting = false
  let held: HeldBlock | null = null
  let beforeChange: HeldBlock | null = null
  let kept: { anchor: Y.RelativePosition | null; head: Y.RelativePosition | null } = { anchor: null, head: null }

  const undoManager = new Y.UndoManager(dispatch.roots, { trackedOrigins: new Set([origin]) })

  const keepSelection = (state: EditorState) => {
    const keep = (position: number) => {
      const { index, offset } = indexedPointOf(state.doc, position)
      if (held) return index === held.index ? held.relativeAt(offset) : null
      const point = pointOf(state.doc, position)
      return point && relativePointOf(view, point)
    }
    const { anchor, head } = state.selection
    const keptHead = keep(head)
    kept = { anchor: anchor === head ? keptHead : keep(anchor), head: keptHead }
  }

  const hold = (state: EditorState) => {
    holder.set(state)
    keepSelection(state)
  }

  /** Brings a state to what the body says, the selection with it. */
  const synced = (state: EditorState, selection: 'kept' | 'mapped' | Place): EditorState => {
    const transaction = syncing(state, selection)
    const next = transaction ? state.apply(transaction) : state
    shown = { blocks: view.visible, doc: next.doc }
    return next
  }

  const syncing = (state: EditorState, selection: 'kept' | 'mapped' | Place): Transaction | null => {
    const changes = syncDocument(state, view.visible, shown, () => firstBlockOf(dispatch))
    if (selection === 'mapped' || (selection === 'kept' && !changes)) return changes
    const transaction = changes ?? state.tr.setMeta(FROM_BODY, true)
    const { anchor, head } =
      selection === 'kept' ? pointsKept() : 'head' in selection ? selection : { anchor: selection, head: selection }
    placeSelection(transaction, anchor, head)
    return transaction
  }

  const pointsKept = () => {
    const pointOfKept = (end: Y.RelativePosition | null) => end && pointOfRelative(view, body.text, end)
    return { anchor: pointOfKept(kept.anchor), head: pointOfKept(kept.head) }
  }

  /** The block of the caret, when the body has it as it stands in the document. */
  const holdHere = (state: EditorState): HeldBlock | null => {
    const index = state.selection.$head.index(0)
    const block = view.visible[index]
    return block && block.length === state.doc.maybeChild(index)?.content.size ? holdBlock(body, view, block, index) : null
  }

  /** Shows what the body says; a block that is being composed in is not redrawn. */
  const settle = (state: EditorState, selection: 'kept' | 'mapped', before: () => HeldBlock | null) => {
    const next = held ? state : synced(state, selection)
    const composed = holder.isComposing() ? state.doc.maybeChild(state.selection.$head.index(0)) : null
    if (!held && composed && !next.doc.content.content.some((node) => node === composed || node.eq(composed))) held = before()
    if (held && !holder.isComposing()) release(state)
    else hold(held ? state : next)
  }

  /** Shows what waited for the composition. */
  const release = (state: EditorState): Mapping => {
    hold(state)
    held = null
    const transaction = syncing(state, 'kept')
    const next = transaction ? state.apply(transaction) : state
    shown = { blocks: view.visible, doc: next.doc }
    hold(next)
    return transaction?.mapping ?? new Mapping()
  }

  const onBeforeTransaction = () => {
    const newer = acting || isReadOnly() ? null : (holder.newerSelection?.() ?? null)
    if (newer) hold(holder.get().apply(holder.get().tr.setSelection(newer)))
    beforeChange = !acting && !held && holder.isComposing() ? holdHere(holder.get()) : null
  }
  const onBodyChange = () => {
    if (acting) return
    view = body.read()
    settle(holder.get(), 'kept', () => beforeChange)
  }
  body.text.doc?.on('beforeTransaction', onBeforeTransaction)
  const stopListening = body.onChange(onBodyChange)

  const cutAll = (ids: readonly string[]) =>
    dispatch.doc.transact(() => {
      for (const id of ids) body.cut(id, mark(), origin)
    }, origin)

  /** Runs acts of this person, then shows them at once, the caret at `caret()` where it is given. */
  const act = (acts: () => void, caret?: () => Place | null): void => {
    if (isReadOnly()) return
    if (held) release(holder.get())
    acting = true
    try {
      acts()
    } finally {
      acting = false
    }
    view = body.read()
    hold(synced(holder.get(), caret?.() ?? 'kept'))
  }

  hold(begun === null ? synced(holder.get(), 'mapped') : holder.get())

  return {
    body,
    undoManager,
    act,

    /** Where a transaction of the view goes. */
    apply: (given: Transaction): void => {
      if (!given.docChanged) {
        hold(holder.get().apply(given))
        return
      }
      if (isReadOnly()) return
      // Before a held block is released: what is cut is the blocks that the person saw.
      const cut = given.getMeta('uiEvent') === 'cut' ? wholeBlocksIn(holder.get()) : []
      // What reaches beyond the held block needs the document as it is.
      const transaction =
        held && (cut.length > 0 || !held.covers(given)) ? rebased(given, release(holder.get()), holder.get()) : given
      const state = holder.get()
      // What changes the structure is a step of its own in the undo history.
      if (transaction.before.childCount !== transaction.doc.childCount) undoManager.stopCapturing()
      acting = true
      try {
        if (held) held.translate(transaction, origin)
        else if (cut.length > 0) cutAll(cut)
        else translateTransaction(transaction, body, { origin, mark }, () => firstBlockOf(dispatch))
      } finally {
        acting = false
      }
      // Before the state is applied: carets of others are placed by what the body says now.
      view = body.read()
      const next = state.apply(transaction)
      settle(next, 'mapped', () => (staysInside(transaction) ? holdHere(next) : null))
    },

    /** To be called when a composition has ended: what waited for it is shown. */
    compositionEnded: (): void => {
      if (held && !holder.isComposing()) release(holder.get())
    },

    /** Shows what the document lacks of the body: its rest, or another placeholder after a change of roster or kind. */
    refresh: (): void => {
      if (!held) settle(holder.get(), 'kept', () => null)
    },

    state: (): EditorState => holder.get(),

    /** The showing blocks and the rest, as last read. */
    view: (): BodyView => view,

    selection: () => kept,

    destroy: (): void => {
      body.text.doc?.off('beforeTransaction', onBeforeTransaction)
      stopListening()
      undoManager.destroy()
    },
  }
}

const placeSelection = (transaction: Transaction, anchor: BlockPoint | null, head: BlockPoint | null): void => {
  const [from, to] = [anchor, head].map((point) => (point === null ? null : positionOf(transaction.doc, point)))
  const end = to ?? from
  if (end === null || end === undefined) return
  transaction.setSelection(TextSelection.between(transaction.doc.resolve(from ?? end), transaction.doc.resolve(end)))
}

/** A transaction's steps, as they are on a document that has changed since. */
const rebased = (transaction: Transaction, since: Mapping, state: EditorState): Transaction => {
  const moved = state.tr
  for (const [nth, step] of transaction.steps.entries()) {
    const through = new Mapping(
      transaction.mapping.maps
        .slice(0, nth)
        .map((map) => map.invert())
        .reverse(),
    )
    through.appendMapping(since)
    through.appendMapping(moved.mapping)
    const erased = step instanceof ReplaceStep ? seenBetween(step.from, step.to, through) : []
    // What came in between was not seen, and is not erased. Blocks that it is in are left as they are.
    if (step instanceof ReplaceStep && erased.length > 1) {
      for (const { from, to } of erased.toReversed()) eraseInBlocks(moved, from, to)
      const at = erased[0]?.from ?? 0
      if (step.slice.size > 0 && moved.maybeStep(new ReplaceStep(at, at, step.slice)).failed !== null)
        moved.replaceSelection(step.slice)
      continue
    }
    const mapped = step.map(through)
    const done = mapped !== null && moved.maybeStep(mapped).failed === null
    // Its place is gone from the document, yet what it brings is not lost: it goes to the caret.
    if (!done && step instanceof ReplaceStep && step.slice.size > 0) moved.replaceSelection(step.slice)
  }
  return moved
}

/** Where all that a range held stands by now, in pieces: between them is what came in since. */
const seenBetween = (from: number, to: number, since: Mapping): { from: number; to: number }[] => {
  const pieces: { from: number; to: number }[] = []
  for (let position = from; position < to; position++) {
    const [start, end] = [since.map(position, 1), since.map(position + 1, -1)]
    const last = pieces.at(-1)
    if (end <= start) continue
    if (last?.to === start) last.to = end
    else pieces.push({ from: start, to: end })
  }
  return pieces
}

const eraseInBlocks = (transaction: Transaction, from: number, to: number): void => {
  const inBlocks: { from: number; to: number }[] = []
  transaction.doc.nodesBetween(from, to, (node, position) => {
    if (!node.isTextblock) return true
    inBlocks.push({ from: Math.max(from, position + 1), to: Math.min(to, position + 1 + node.content.size) })
    return false
  })
  for (const range of inBlocks.toReversed()) if (range.from < range.to) transaction.delete(range.from, range.to)
}
