import { expect, test } from 'vitest'
import { diffSnapshots } from './diff-snapshots.ts'
import { type Block, emptyContent, type Snapshot } from './snapshot.ts'

const turn = (id: string, text: string): Block => ({
  kind: 'turn',
  id,
  speaker: null,
  start: null,
  content: [{ type: 'text', text }],
})
const snapshot = (fields: Partial<Snapshot>): Snapshot => ({
  ...emptyContent('dispatch'),
  layout: 1,
  id: 'DiffOfADispatch0000001' as Snapshot['id'],
  ...fields,
})

test('D5: a diff of snapshots names what came, went, changed and moved, and nothing that is the same', () => {
  const before = snapshot({ title: 'Old', body: [turn('a', 'one'), turn('b', 'two'), turn('c', 'three'), turn('d', 'four')] })
  const after = snapshot({ title: 'New', body: [turn('d', 'four'), turn('a', 'one'), turn('x', 'new'), turn('c', 'three!')] })
  const { fields, blocks, sources } = diffSnapshots(before, after)
  expect(fields).toEqual([{ field: 'title', before: 'Old', after: 'New' }])
  expect(blocks.map(({ id, before, after, moved, follows }) => [id, before !== null, after !== null, moved, follows])).toEqual([
    ['d', true, true, true, null],
    ['b', true, false, false, 'a'],
    ['x', false, true, false, 'a'],
    ['c', true, true, false, 'x'],
  ])
  expect(sources).toEqual([])
})

test('the order of keys, and one that says nothing, make no difference', () => {
  const before = snapshot({ quote: { text: 'a', name: 'b', role: 'c' }, body: [turn('a', 'one')] })
  const { content, ...rest } = turn('a', 'one')
  const after = {
    ...snapshot({ quote: { role: 'c', text: 'a', name: 'b' } }),
    body: [{ content, ...rest } as Block],
    targetSeconds: undefined,
  }
  expect(diffSnapshots(before, after as unknown as Snapshot)).toEqual({ fields: [], blocks: [], sources: [] })
})
