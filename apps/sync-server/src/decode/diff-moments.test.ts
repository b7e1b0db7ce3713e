import { DispatchId } from '@stet/schema/ids'
import { takeSnapshot } from '@stet/schema/layout/take-snapshot'
import type { Block, Snapshot } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { diffMoments } from './diff-moments.ts'
import { packPage } from './raw-pages.ts'
import { createWriters, type Entry, TURNS_STAY, trace, type Writer } from './writing-trace.ts'

const id = DispatchId.parse('A'.repeat(22))
const extent = Number(process.env['STET_TRACES'] ?? 20)

const snapshotAfter = (log: readonly Entry[], seq: number): Snapshot => {
  const doc = new Y.Doc()
  for (const { update } of log.slice(0, seq)) Y.applyUpdate(doc, update)
  const outcome = takeSnapshot(doc, id)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return outcome.snapshot
}
const diff = (log: readonly Entry[], from: number, to: number) => {
  const outcome = diffMoments({ before: [packPage(log.slice(0, from))], since: [packPage(log.slice(from, to))], id })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return outcome
}
/** The order of citations is that of the sources. */
const plain = (each: Block): unknown =>
  JSON.parse(JSON.stringify(each), (key, value) => (key === 'cites' ? value.toSorted() : value))

const seeds = Array.from({ length: extent }, (_, nth) => nth + 1)

test('Y3: what a diff says makes of the one moment the other', () => {
  for (const seed of seeds) {
    const { log, random } = trace(seed, 60)
    for (let nth = 0; nth < 3; nth++) {
      const [from = 0, to = 0] = [random.below(log.length) + 1, random.below(log.length) + 1].sort((a, b) => a - b)
      const [then, now] = [snapshotAfter(log, from), snapshotAfter(log, to)]
      const { blocks, fields, sources } = diff(log, from, to)
      const label = `seed ${seed}: ${from} to ${to}`
      const bodyById = new Map(then.body.map((each) => [each.id, plain(each)]))
      for (const { id, before, after, moved } of blocks) {
        expect(before && plain(before), label).toEqual(bodyById.get(id) ?? null)
        if (after) bodyById.set(id, plain(after))
        else bodyById.delete(id)
        expect(before !== null || after !== null, label).toBe(true)
        if (!moved) expect(before && plain(before), label).not.toEqual(after && plain(after))
      }
      // Who stays keeps the order; who moved or is new stands behind whom the diff names.
      const placed = new Set(blocks.filter(({ before, after, moved }) => after && (moved || !before)).map(({ id }) => id))
      const order: (string | null)[] = [
        null,
        ...then.body.map((each) => each.id).filter((each) => bodyById.has(each) && !placed.has(each)),
      ]
      for (const { id, follows, after } of blocks) if (after && placed.has(id)) order.splice(order.indexOf(follows) + 1, 0, id)
      expect(order.slice(1), label).toEqual(now.body.map((each) => each.id))
      expect([...bodyById.keys()].sort(), label).toEqual(now.body.map((each) => each.id).sort())
      for (const each of now.body) expect(bodyById.get(each.id), label).toEqual(plain(each))

      const changed = new Map(fields.map((each) => [each.field, each]))
      for (const field of ['kind', 'number', 'title', 'targetSeconds', 'quote', 'topics', 'speakers', 'summary'] as const) {
        const change = changed.get(field)
        expect(change?.after ?? (change ? null : (then[field] ?? null)), label).toEqual(now[field] ?? null)
        if (change) expect([change.before, change.before], label).not.toEqual([change.after, then[field]])
      }
      const sourceById = new Map(then.sources.map((each) => [each.id, each]))
      for (const { id, before, after } of sources) {
        expect(before, label).toEqual(sourceById.get(id) ?? null)
        if (after) sourceById.set(id, after)
        else sourceById.delete(id)
      }
      expect([...sourceById.values()].sort(byId), label).toEqual(now.sources.toSorted(byId))
    }
  }
}, 120_000)
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

test('Y4: of one entry, everything that changed is its author’s', () => {
  for (const seed of seeds) {
    const { log } = trace(seed, 60)
    for (let seq = 2; seq <= log.length; seq += 3) {
      const { blocks, fields, sources } = diff(log, seq - 1, seq)
      for (const change of [...blocks, ...fields, ...sources])
        expect(change.authors, `seed ${seed}: ${seq}: ${JSON.stringify(change)}`).toEqual([log[seq - 1]?.author])
    }
  }
}, 120_000)

/** By what changed, those of whose entries one changed it. */
const changersBetween = (log: readonly Entry[], from: number, to: number): Map<string, Set<string>> => {
  const changers = new Map<string, Set<string>>()
  for (let seq = from + 1; seq <= to; seq++)
    for (const { name } of changesOf(diff(log, seq - 1, seq)))
      changers.set(name, (changers.get(name) ?? new Set()).add(log[seq - 1]?.author ?? ''))
  return changers
}
const changesOf = ({ blocks, fields, sources }: ReturnType<typeof diff>) => [
  ...blocks.map((each) => ({ ...each, name: `block ${each.id}` })),
  ...fields.map((each) => ({ ...each, name: `field ${each.field}` })),
  ...sources.map((each) => ({ ...each, name: `source ${each.id}` })),
]
const lettersOf = (value: unknown, author: string): number => JSON.stringify(value).split(author).length

test('Y4: over many entries, authors are those who changed that very thing; whose letters came to stand is among them', () => {
  for (const seed of seeds) {
    const { log, random } = trace(seed, 40, { acts: TURNS_STAY, isAtOnce: false })
    const [from = 0, to = 0] = [random.below(log.length) + 1, random.below(log.length) + 1].sort((a, b) => a - b)
    const changers = changersBetween(log, from, to)
    // A source or a speaker that goes while a turn is removed shows in the turn when it is put back.
    const ofReferences = [...changers].flatMap(([name, authors]) => (/^source|speakers$/.test(name) ? [...authors] : []))
    for (const change of changesOf(diff(log, from, to))) {
      const label = `seed ${seed}: ${from} to ${to}: ${JSON.stringify(change)}`
      expect(change.authors.length, label).toBeGreaterThan(0)
      // Who moved a turn to where it stood already has had a hand in where it stands.
      if (!('moved' in change && change.moved))
        expect([...(changers.get(change.name) ?? []), ...ofReferences], label).toEqual(expect.arrayContaining(change.authors))
      for (const author of ['A', 'B', 'C'])
        if (change.before !== null && lettersOf(change.after, author) > lettersOf(change.before, author))
          expect(change.authors, label).toContain(author)
    }
  }
}, 120_000)

test('Y4: where turns are split and joined too, no change is nobody’s, and none is theirs who wrote nothing meanwhile', () => {
  for (const seed of seeds) {
    const { log, random } = trace(seed, 40)
    const [from = 0, to = 0] = [random.below(log.length) + 1, random.below(log.length) + 1].sort((a, b) => a - b)
    for (const change of changesOf(diff(log, from, to))) {
      const label = `seed ${seed}: ${from} to ${to}: ${JSON.stringify(change)}`
      expect(change.authors.length, label).toBeGreaterThan(0)
      expect(
        log.slice(from, to).map(({ author }) => author),
        label,
      ).toEqual(expect.arrayContaining(change.authors))
    }
  }
}, 120_000)

/** Three people who hear of each other only where `exchange` is called, and what the log says of a turn since it began. */
const story = () => {
  const { log, writers, exchange } = createWriters(['Ada', 'Bob', 'Cy'])
  const [ada, bob, cy] = writers as [Writer, Writer, Writer]
  let from = log.length
  return {
    ada,
    bob,
    cy,
    exchange: (...each: Writer[]) => each.map(exchange),
    beginHere: () => {
      from = log.length
    },
    body: (of: Writer) => of.dispatch.body,
    authorsOf: (id: string) => diff(log, from, log.length).blocks.find((each) => each.id === id)?.authors,
  }
}

test.each(['t1', 't4'])('Y4: of %s, once split, each half is theirs who wrote in it, and theirs who split it', (turn) => {
  const { ada, bob, exchange, body, authorsOf } = story()
  body(ada).insertText({ block: turn, offset: 20 }, 'here', {}, null)
  exchange(ada, bob)
  const tail = body(bob).split({ block: turn, offset: 10 }, {}, null) ?? ''
  exchange(bob)
  expect([authorsOf(turn), authorsOf(tail)]).toEqual([['Bob'], ['Ada', 'Bob']])
})

test('Y4: a turn that was moved or joined is theirs who did it, beside those who wrote in it', () => {
  const { ada, bob, cy, exchange, body, authorsOf } = story()
  for (const turn of ['t1', 't2']) body(ada).insertText({ block: turn, offset: 0 }, 'so ', {}, null)
  exchange(ada, bob)
  body(bob).move('t1', null, null)
  exchange(bob, cy)
  body(cy).join('t3', 't2', null)
  exchange(cy)
  expect(['t1', 't2', 't3'].map(authorsOf)).toEqual([['Ada', 'Bob'], ['Ada', 'Cy'], ['Cy']])
})

test('Y4: what was deleted is theirs in whose turn it stood, wherever it would stand by now', () => {
  const { ada, bob, exchange, body, authorsOf } = story()
  body(bob).deleteText('t1', 12, 20, null)
  exchange(bob, ada)
  const tail = body(ada).split({ block: 't1', offset: 8 }, {}, null) ?? ''
  exchange(ada)
  expect([authorsOf('t1'), authorsOf(tail)]).toEqual([['Bob', 'Ada'], ['Ada']])
})

test('Y4: what came and went in between is nobody’s', () => {
  const { ada, bob, cy, exchange, body, authorsOf } = story()
  body(ada).insertText({ block: 't1', offset: 4 }, 'passing', {}, null)
  exchange(ada, bob)
  body(bob).deleteText('t1', 4, 11, null)
  exchange(bob, cy)
  body(cy).insertText({ block: 't1', offset: 0 }, 'so ', {}, null)
  exchange(cy)
  expect(authorsOf('t1')).toEqual(['Cy'])
  expect(authorsOf('t2')).toBeUndefined()
})

test('Y4: a format that reaches into a turn from the one before is its author’s there too', () => {
  const { ada, bob, exchange, body, authorsOf } = story()
  const text = ada.doc.getText('body')
  text.format(10, text.length - 12, { em: true })
  exchange(ada, bob)
  body(bob).insertText({ block: 't3', offset: 4 }, 'then', {}, null)
  exchange(bob)
  expect([authorsOf('t2'), authorsOf('t3')]).toEqual([['Ada'], ['Ada', 'Bob']])
})

test('Y4: a part that was removed with its whole was removed by who removed the whole', () => {
  const { ada, bob, cy, exchange, body, beginHere, authorsOf } = story()
  body(bob).remove('t1', { at: '2026-01-01T00:00:00.000Z', by: 'Bob' }, null)
  const part = body(ada).split({ block: 't1', offset: 10 }, {}, null) ?? ''
  exchange(ada, cy)
  beginHere()
  body(cy).insertText({ block: 't1', offset: 0 }, 'so ', {}, null)
  exchange(cy, bob)
  expect([authorsOf(part), authorsOf('t1')]).toEqual([['Bob'], ['Bob']])
})
