import { afterEach, expect, test } from 'vitest'
import type { UpdateLog } from './update-log.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)
const entry = (value: number, author = 'ada') => ({ update: bytes(0, value), author })

/** What every log must do. `open` is asked for a fresh, empty one. */
export const describeUpdateLog = (open: () => Promise<UpdateLog>): void => {
  const opened: UpdateLog[] = []
  const fresh = async () => {
    const log = await open()
    opened.push(log)
    return log
  }
  afterEach(async () => {
    for (const log of opened.splice(0)) await log.close()
  })

  test('entries of a room are numbered from 1 without a gap', async () => {
    const log = await fresh()
    expect(await log.append('r', [entry(1), entry(2)])).toMatchObject({ ok: true, seq: 2 })
    expect(await log.append('r', [entry(3)])).toMatchObject({ ok: true, seq: 3 })
    expect((await log.read('r', 0)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  test('a row gives back its bytes, author and time', async () => {
    const log = await fresh()
    const { at } = (await log.append('r', [entry(7, 'grace')])) as { at: number }
    expect(await log.read('r', 0)).toEqual([{ seq: 1, at, author: 'grace', update: bytes(0, 7) }])
  })

  test('reading after a seq gives only what followed', async () => {
    const log = await fresh()
    await log.append('r', [entry(1), entry(2), entry(3)])
    expect((await log.read('r', 2)).map(({ update }) => update[1])).toEqual([3])
    expect(await log.read('r', 3)).toEqual([])
    expect(await log.read('r', 9)).toEqual([])
  })

  test('rooms whose names begin alike are apart', async () => {
    const log = await fresh()
    await log.append('a', [entry(1)])
    await log.append('ab', [entry(2)])
    await log.append('a%', [entry(3)])
    await log.append('a_', [entry(4)])
    await log.append('A', [entry(5)])
    for (const [room, value] of [
      ['a', 1],
      ['ab', 2],
      ['a%', 3],
      ['a_', 4],
      ['A', 5],
    ] as const)
      expect((await log.read(room, 0)).map(({ update }) => update[1])).toEqual([value])
  })

  test('appends made at once take effect in the order made, each with its own seq', async () => {
    const log = await fresh()
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => log.append(index % 2 ? 'odd' : 'even', [entry(index)])),
    )
    expect(outcomes.map((outcome) => outcome.ok && outcome.seq)).toEqual(
      Array.from({ length: 50 }, (_, index) => Math.floor(index / 2) + 1),
    )
    expect((await log.read('odd', 0)).map(({ update }) => update[1])).toEqual(
      Array.from({ length: 25 }, (_, index) => index * 2 + 1),
    )
  })

  test('an unknown room has no head, no rows and no checkpoint', async () => {
    const log = await fresh()
    expect([await log.head('r'), await log.read('r', 0), await log.checkpoint('r')]).toEqual([null, [], null])
  })

  test('heads name each room once with its last seq', async () => {
    const log = await fresh()
    await log.append('r', [entry(1), entry(2)])
    await log.append('s', [entry(1)])
    const heads = (await log.heads()).map(({ room, seq }) => [room, seq]).sort()
    expect(heads).toEqual([
      ['r', 2],
      ['s', 1],
    ])
    expect(await log.head('r')).toMatchObject({ room: 'r', seq: 2 })
  })

  test('a room is created once, also when asked twice at the same time', async () => {
    const log = await fresh()
    const outcomes = await Promise.all([log.create('r', entry(1)), log.create('r', entry(2))])
    expect(outcomes).toEqual([
      { ok: true, created: true },
      { ok: true, created: false },
    ])
    expect((await log.read('r', 0)).map(({ update }) => update[1])).toEqual([1])
  })

  test('V20: the newest checkpoint is kept, and every entry can still be read', async () => {
    const log = await fresh()
    await log.append('r', [entry(1), entry(2)])
    await log.storeCheckpoint('r', { seq: 2, state: bytes(9), holdings: bytes(8) })
    await log.storeCheckpoint('r', { seq: 1, state: bytes(1), holdings: bytes(1) })
    expect(await log.checkpoint('r')).toEqual({ seq: 2, state: bytes(9), holdings: bytes(8) })
    expect((await log.read('r', 0)).map(({ seq, update }) => [seq, update[1]])).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  test('V20: checkpoints change nothing of what is read, wherever they come and wherever one reads from', async () => {
    const log = await fresh()
    const authors = ['ada', 'bob', 'bob', 'grace', 'ada', 'ada', 'bob']
    for (const [index, author] of authors.entries()) {
      await log.append('r', [entry(index + 1, author)])
      if (index % 2 === 1) await log.storeCheckpoint('r', { seq: index, state: bytes(index), holdings: bytes(8) })
      const seqs = Array.from({ length: index + 1 }, (_, nth) => nth + 1)
      for (const after of [0, ...seqs]) {
        const left = seqs.filter((seq) => seq > after)
        expect((await log.read('r', after)).map(({ seq, author, update }) => [seq, author, update[1]])).toEqual(
          left.map((seq) => [seq, authors[seq - 1], seq]),
        )
        for (const upTo of seqs)
          expect((await log.read('r', after, upTo)).map(({ seq, update }) => [seq, update[1]])).toEqual(
            left.filter((seq) => seq <= upTo).map((seq) => [seq, seq]),
          )
      }
    }
    expect((await log.load('r')).rows.map(({ seq }) => seq)).toEqual([6, 7])
    expect(await log.append('r', [entry(8)])).toMatchObject({ ok: true, seq: 8 })
  })

  test('V20: a range beyond the end, or of nothing, is what there is of it', async () => {
    const log = await fresh()
    await log.append('r', [entry(1), entry(2, 'bob'), entry(3)])
    expect((await log.read('r', 1, 99)).map(({ seq, author }) => [seq, author])).toEqual([
      [2, 'bob'],
      [3, 'ada'],
    ])
    for (const [after, upTo] of [
      [3, 9],
      [2, 2],
      [3, 1],
    ] as const)
      expect(await log.read('r', after, upTo)).toEqual([])
    expect(await log.read('unknown', 0, 9)).toEqual([])
  })

  test('an appended update is a copy', async () => {
    const log = await fresh()
    const update = bytes(1, 2)
    const appended = log.append('r', [{ update, author: 'ada' }])
    await appended
    update[0] = 99
    expect((await log.read('r', 0))[0]?.update).toEqual(bytes(1, 2))
  })

  test('a closed log finishes what was asked before and refuses the rest', async () => {
    const log = await fresh()
    const before = log.append('r', [entry(1)])
    const closing = log.close()
    expect(await before).toMatchObject({ ok: true, seq: 1 })
    await closing
    expect(await log.append('r', [entry(2)])).toMatchObject({ ok: false, fault: 'closed' })
    expect(await log.canAppend()).toBe(false)
  })
}
