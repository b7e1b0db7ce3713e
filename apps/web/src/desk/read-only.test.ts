import { LAYOUT_VERSION } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { readOnlyOf } from './read-only.ts'

test('who may write a dispatch of this layout is told nothing', () => {
  for (const role of ['owner', 'publisher', 'editor'] as const) {
    expect(readOnlyOf({ role }, 'synced', LAYOUT_VERSION)).toBeNull()
    expect(readOnlyOf({ role }, 'not sent', undefined)).toBeNull()
  }
})

test('W3: read-only says which: a viewer, a layout that is too old, or a server that refuses', () => {
  expect(readOnlyOf({ role: 'viewer' }, 'synced', LAYOUT_VERSION)).toMatchObject({
    because: 'viewer',
    notice: expect.stringContaining('viewer'),
  })
  expect(readOnlyOf({ role: 'owner' }, 'synced', LAYOUT_VERSION + 1)).toMatchObject({
    because: 'newer layout',
    notice: expect.stringContaining(`layout ${LAYOUT_VERSION + 1}; this page knows layout ${LAYOUT_VERSION}`),
  })
  expect(readOnlyOf({ role: 'editor' }, 'read only', LAYOUT_VERSION)?.because).toBe('refused')
})

test('V11, V12: a damaged dispatch says who can mend it; one that was put aside leaves the word to its own notice', () => {
  expect(readOnlyOf({ role: 'editor' }, 'damaged', LAYOUT_VERSION)).toMatchObject({
    because: 'damaged',
    notice: expect.stringContaining('npm run server -- verify'),
  })
  expect(readOnlyOf({ role: 'viewer' }, 'put aside', LAYOUT_VERSION)).toEqual({ because: 'put aside', notice: '' })
})

test('W3: a viewer with an old page is told of the page first, since a reload helps', () => {
  expect(readOnlyOf({ role: 'viewer' }, 'read only', LAYOUT_VERSION + 1)?.because).toBe('newer layout')
})
