import * as Y from 'yjs'

/** A seeded generator (mulberry32): numbers from 0 to below 1. */
export const createRandom = (seed: number) => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, pick: <T>(items: readonly T[]): T => items[below(items.length)] as T }
}
export type Random = ReturnType<typeof createRandom>

/** For tests: a replica on which every kind of honest edit happens, chosen by a seeded generator. */
export const createHonestReplica = (random: Random, clientID: number) => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  const body = doc.getText('body')
  const meta = doc.getMap<unknown>('meta')
  const list = doc.getArray<unknown>('list')
  const undo = new Y.UndoManager([body, meta, list], { captureTimeout: 0 })
  const words = ['a', 'tide', 'é', '日本', '👩‍🚀', '\u{1F600}', ' ', 'x'.repeat(200)]
  const at = () => random.below(body.length + 1)
  const acts = [
    () => body.insert(at(), random.pick(words)),
    () => body.insert(at(), random.pick(words), { strong: true, 'cite:s1': null }),
    () => body.insertEmbed(at(), { cue: 'tsk', deep: [{ er: 1 }] }),
    () => body.insertEmbed(at(), new Y.Map(Object.entries({ id: 't1', rank: 'a0', start: 3.5 }))),
    () =>
      body.length > 0 && body.format(random.below(body.length), 1, { em: random.pick([true, null]), link: 'https://a.example' }),
    () => body.length > 0 && body.delete(random.below(body.length), 1),
    () => body.length > 4 && body.delete(0, random.below(4) + 1),
    () =>
      meta.set(
        random.pick(['a', 'b']),
        random.pick([null, undefined, true, 12, -7, 1.5, 2n ** 40n, 'text', [1, { x: [] }], new Uint8Array(3)]),
      ),
    () =>
      meta.set(
        'nested',
        new Y.Map([
          ['deep', new Y.Array()],
          ['prose', new Y.Text('words')],
        ]),
      ),
    () => meta.delete(random.pick(['a', 'b', 'nested'])),
    () => list.insert(random.below(list.length + 1), [1, 'two', { three: 3 }]),
    () => list.push([new Y.XmlElement('p'), new Y.XmlText('t'), new Uint8Array([1, 2])]),
    () => list.length > 0 && list.delete(random.below(list.length), 1),
    () => undo.undo(),
    () => undo.redo(),
  ]
  return { doc, edit: () => random.pick(acts)() }
}
