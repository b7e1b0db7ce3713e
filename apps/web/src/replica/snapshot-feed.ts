import type { DispatchId } from '@stet/schema/ids'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { createSnapshotTaker, type SnapshotOutcome } from '@stet/schema/layout/take-snapshot'
import type * as Y from 'yjs'
import { createLazyFeed, type Feed } from './feed.ts'

const QUIET_MS = 300
const AT_MOST_MS = 1_500

export type SnapshotFeed = {
  readonly feed: Feed<SnapshotOutcome>
  /** Takes at once what the feed would tell in a moment. */
  readonly now: () => SnapshotOutcome
  readonly destroy: () => void
}

/**
 * The plain value of a replica, taken first when somebody wants it, and anew when the writing pauses (and at times when it
 * does not).
 */
export const createSnapshotFeed = (dispatch: Dispatch, id: DispatchId): SnapshotFeed => {
  const takeSnapshot = createSnapshotTaker(dispatch, id)
  const feed = createLazyFeed(takeSnapshot)
  /** What lists tell of a dispatch. It does not wait, so that a browser closed at once has it in its list again. */
  const listed: readonly unknown[] = [dispatch.meta, dispatch.text('title')]
  let timer: ReturnType<typeof setTimeout> | null = null
  let firstChange = 0

  const stop = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  const take = () => {
    stop()
    feed.set(takeSnapshot())
  }
  const changed = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, { changed: types }: Y.Transaction) => {
    if (timer === null) firstChange = performance.now()
    else clearTimeout(timer)
    const waited = performance.now() - firstChange
    const quiet = [...types.keys()].some((type) => listed.includes(type)) ? 0 : QUIET_MS
    timer = setTimeout(take, Math.max(0, Math.min(quiet, AT_MOST_MS - waited)))
  }
  dispatch.doc.on('update', changed)

  return {
    feed,
    now: () => {
      if (timer !== null) take()
      return feed.get()
    },
    destroy: () => {
      dispatch.doc.off('update', changed)
      stop()
    },
  }
}
