import type { DispatchId } from '@stet/schema/ids'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { createSnapshotTaker, type SnapshotOutcome } from '@stet/schema/layout/take-snapshot'
import { createFeed, type Feed } from './feed.ts'

const QUIET_MS = 300
const AT_MOST_MS = 1_500

/** The plain value of a replica, taken anew when the writing pauses (and at times when it does not). */
export const createSnapshotFeed = (dispatch: Dispatch, id: DispatchId): { feed: Feed<SnapshotOutcome>; destroy: () => void } => {
  const takeSnapshot = createSnapshotTaker(dispatch, id)
  const feed = createFeed<SnapshotOutcome>(takeSnapshot())
  let timer: ReturnType<typeof setTimeout> | null = null
  let firstChange = 0

  const take = () => {
    timer = null
    feed.set(takeSnapshot())
  }
  const changed = () => {
    if (timer === null) firstChange = performance.now()
    else clearTimeout(timer)
    const waited = performance.now() - firstChange
    timer = setTimeout(take, Math.max(0, Math.min(QUIET_MS, AT_MOST_MS - waited)))
  }
  dispatch.doc.on('update', changed)

  return {
    feed,
    destroy: () => {
      dispatch.doc.off('update', changed)
      if (timer !== null) clearTimeout(timer)
    },
  }
}
