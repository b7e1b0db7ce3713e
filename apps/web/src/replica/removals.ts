import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { POSITION_KEY } from '@stet/schema/layout/position'
import { REMOVAL_KEY } from '@stet/schema/layout/removal'
import { type RemovedBlock, removedBlocks } from '@stet/schema/layout/removed-blocks'
import * as Y from 'yjs'
import { createFeed, type Feed } from './feed.ts'

/** What is removed in an open dispatch, and what this person did about it last. */
export type Removals = {
  /** Newest removal first. */
  readonly list: Feed<readonly RemovedBlock[]>
  /** Null after any other act of this person in the body. */
  readonly lastAct: Feed<RemovalAct | null>
  readonly destroy: () => void
}

export type RemovalAct = { readonly did: 'removed' | 'put back' | 'left removed'; readonly blocks: readonly RemovedBlock[] }

/** `onPause` is told when the writing pauses: then words and places are read anew; who removes something sees it at once. */
export const createRemovals = (dispatch: Dispatch, onPause: Feed<unknown>): Removals => {
  const { doc, body } = dispatch
  const read = () => removedBlocks(body.read())
  const list = createFeed<readonly RemovedBlock[]>(read())
  const lastAct = createFeed<RemovalAct | null>(null)
  let acted = false
  let readNow = false
  let moved = false
  let waits = false

  const refresh = () => {
    const next = read()
    if (JSON.stringify(next) !== JSON.stringify(list.get())) list.set(next)
  }
  // One act may be several transactions; all of them are over when this runs.
  const settle = () => {
    const before = list.get()
    if (readNow) refresh()
    const act = acted ? actBetween(before, list.get()) : null
    // What is cut and pasted is moved: it was never gone.
    if (acted) lastAct.set(moved && act?.did === 'put back' ? null : act)
    waits = acted = readNow = moved = false
  }
  const onTransaction = ({ local, origin, changed, changedParentTypes }: Y.Transaction) => {
    if (!changedParentTypes.has(body.text as never)) return
    const keys = [...changed.values()]
    readNow ||= keys.some((changedKeys) => [...changedKeys].some((key) => key?.startsWith(REMOVAL_KEY)))
    moved ||= keys.some((changedKeys) => [...changedKeys].some((key) => key?.startsWith(POSITION_KEY)))
    // Yjs tidies up without an origin. Taking back and making again is not offered to be taken back once more.
    if (local && origin instanceof Y.UndoManager) lastAct.set(null)
    else acted ||= local && origin !== null
    if ((acted || readNow) && !waits) {
      waits = true
      queueMicrotask(settle)
    }
  }
  doc.on('afterTransaction', onTransaction)
  const stop = onPause.subscribe(refresh)

  return {
    list,
    lastAct,
    destroy: () => {
      doc.off('afterTransaction', onTransaction)
      stop()
    },
  }
}

const actBetween = (before: readonly RemovedBlock[], after: readonly RemovedBlock[]): RemovalAct | null => {
  const [wasIn, isIn] = [new Map(before.map((block) => [block.id, block])), new Map(after.map((block) => [block.id, block]))]
  const removed = after.filter(({ id }) => !wasIn.has(id))
  if (removed.length > 0) return { did: 'removed', blocks: removed }
  const back = before.filter(({ id }) => !isIn.has(id))
  if (back.length > 0) return { did: 'put back', blocks: back }
  const left = after.filter(({ id, isChanged }) => !isChanged && wasIn.get(id)?.isChanged === true)
  return left.length > 0 ? { did: 'left removed', blocks: left } : null
}
