import { DispatchId } from '@stet/schema/ids'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createSnapshotFeed } from './snapshot-feed.ts'

test('S1: a snapshot that nobody has asked for is not taken, and the first one tells of all that was written until then', () => {
  const dispatch = openDispatch(new Y.Doc())
  const read = vi.spyOn(dispatch.body, 'read')
  const { feed, destroy } = createSnapshotFeed(dispatch, DispatchId.parse('lighthouse000000000000'))
  dispatch.text('title').insert(0, 'The lamp')
  expect(read).not.toHaveBeenCalled()
  const outcome = feed.get()
  expect([outcome.ok && outcome.snapshot.title, feed.get() === outcome]).toEqual(['The lamp', true])
  expect(read).toHaveBeenCalledOnce()
  destroy()
})
