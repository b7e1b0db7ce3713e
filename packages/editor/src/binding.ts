import type { BlockPoint } from '@stet/schema/layout/body-acts'
import type { BodyView } from '@stet/schema/layout/body-view'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import { pointOf, positionOf } from './points.ts'
import { pointOfRelative, relativePointOf } from './relative-points.ts'
import { createNodeCache, FROM_BODY, syncDocument } from './sync-document.ts'
import { type Signature, translateTransaction } from './translate-transaction.ts'

/** Where a ProseMirror state lives: an EditorView in the browser, a variable in a test. */
export type StateHolder = { readonly get: () => EditorState; readonly set: (state: EditorState) => void }

export type Binding = ReturnType<typeof bindScript>

/**
 * Binds a ProseMirror state to a body, both ways.
 *
 * **Maintained invariant**: after every call and every remote update, the document equals the body.
 * Nothing is ever written to the body while `isReadOnly` says so.
 */
export const bindScript = (
  dispatch: Dispatch,
  holder: StateHolder,
  { origin, mark, isReadOnly }: Signature & { isReadOnly: () => boolean },
) => {
  const { body } = dispatch
  const nodesOf = createNodeCache()
  let view: BodyView = body.read()
  let acting = false
  let kept: { anchor: Y.RelativePosition | null; head: Y.RelativePosition | null } = { anchor: null, head: null }

  const undoManager = new Y.UndoManager(body.text, { trackedOrigins: new Set([origin]) })

  const firstKind = () => (dispatch.meta.get('kind') === 'essay' ? 'paragraph' : 'turn')

  const keepSelection = (state: EditorState) => {
    const keep = (position: number) => {
      const point = pointOf(state.doc, position)
      return point && relativePointOf(body.text, view, point)
    }
    kept = { anchor: keep(state.selection.anchor), head: keep(state.selection.head) }
  }

  const hold = (state: EditorState) => {
    holder.set(state)
    keepSelection(state)
  }

  /** Brings a state to what the body says, the selection with it. */
  const synced = (state: EditorState, selection: 'kept' | 'mapped' | BlockPoint): EditorState => {
    view = body.read()
    const transaction = syncDocument(state, view, nodesOf, firstKind()) ?? state.tr.setMeta(FROM_BODY, true)
    if (selection === 'kept')
      placeSelection(
        transaction,
        kept.anchor && pointOfRelative(body.text, view, kept.anchor),
        kept.head && pointOfRelative(body.text, view, kept.head),
      )
    else if (selection !== 'mapped') placeSelection(transaction, selection, selection)
    return state.apply(transaction)
  }

  const onBodyChange = () => {
    if (!acting) hold(synced(holder.get(), 'kept'))
  }
  body.text.observeDeep(onBodyChange)

  /** Runs acts of this person, then shows them at once, the caret at `caret()` where it is given. */
  const act = (acts: () => void, caret?: () => BlockPoint | null): void => {
    if (isReadOnly()) return
    acting = true
    try {
      acts()
    } finally {
      acting = false
    }
    hold(synced(holder.get(), caret?.() ?? 'kept'))
  }

  hold(synced(holder.get(), 'mapped'))

  return {
    body,
    undoManager,
    act,

    /** Where a transaction of the view goes. */
    apply: (transaction: Transaction): void => {
      const state = holder.get()
      if (!transaction.docChanged) {
        hold(state.apply(transaction))
        return
      }
      if (isReadOnly()) return
      // What changes the structure is a step of its own in the undo history.
      if (transaction.before.childCount !== transaction.doc.childCount) undoManager.stopCapturing()
      acting = true
      try {
        translateTransaction(transaction, body, { origin, mark })
      } finally {
        acting = false
      }
      hold(synced(state.apply(transaction), 'mapped'))
    },

    state: (): EditorState => holder.get(),

    /** The showing blocks and the rest, as last read. */
    view: (): BodyView => view,

    selection: () => kept,

    destroy: (): void => {
      body.text.unobserveDeep(onBodyChange)
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
