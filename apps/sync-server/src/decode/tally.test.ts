import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { packPage } from './raw-pages.ts'
import { tally } from './tally.ts'
import { trace } from './writing-trace.ts'

const counted = (updates: readonly Uint8Array[]) => {
  const { written, erased } = tally({ pages: [packPage(updates.map((update) => ({ update, author: 'ada' })))] })
  return updates.map((_, nth) => [written[nth], erased[nth]])
}

test('Y1: what a client says again as it comes back is not counted again', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('body')
  text.insert(0, 'let it stand here')
  text.delete(12, 5)
  text.insert(0, 'so ')
  const back = Y.encodeStateAsUpdate(doc)
  text.delete(0, 3)
  const later = Y.encodeStateAsUpdate(doc)
  expect(counted([...updates.slice(0, 3), back, later])).toEqual([
    [17, 0],
    [0, 5],
    [3, 0],
    [0, 0],
    [0, 3],
  ])
})

test('Y1: what was written is all that there is, what was erased is all that was said to be, each once', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { log } = trace(seed, 60)
    const written = new Set<string>()
    const erased = new Set<string>()
    const note = (all: Set<string>, client: number, clock: number, length: number) => {
      for (let at = clock; at < clock + length; at++) all.add(`${client}:${at}`)
    }
    for (const { update } of log) {
      const { structs, ds } = Y.decodeUpdate(update)
      for (const { id, length } of structs) note(written, id.client, id.clock, length)
      for (const [client, ranges] of ds.clients) for (const { clock, len } of ranges) note(erased, client, clock, len)
    }
    const all = counted(log.map(({ update }) => update))
    const sumOf = (nth: 0 | 1) => all.reduce((sum, each) => sum + (each[nth] ?? 0), 0)
    expect([sumOf(0), sumOf(1)], `seed ${seed}`).toEqual([written.size, erased.size])
  }
})
