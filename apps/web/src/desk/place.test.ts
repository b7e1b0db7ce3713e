import { newDispatchId } from '@stet/schema/ids'
import { emptyContent, type Snapshot } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { placeOf } from './place.ts'

const snapshot: Snapshot = {
  layout: 1,
  id: newDispatchId(),
  ...emptyContent('dispatch'),
  body: [{ kind: 'turn', id: 't1', speaker: null, start: null, content: [] }],
}

test('a path into the snapshot leads to its place on the desk', () => {
  expect(placeOf(['body', 0, 'speaker'], snapshot)).toEqual({ in: 'script', block: 't1' })
  expect(placeOf(['body'], snapshot)).toEqual({ in: 'script', block: null })
  expect(placeOf(['title'], snapshot)).toEqual({ in: 'field', name: 'title' })
  expect(placeOf(['quote', 'name'], snapshot)).toEqual({ in: 'field', name: 'quoteName' })
  expect(placeOf(['speakers', 0, 'name'], snapshot)).toEqual({ in: 'speakers' })
})
