import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { partsOf } from './update-parts.ts'

type Act = {
  readonly who: number
  readonly kind: 'write' | 'erase' | 'nest' | 'meet'
  readonly at: number
  readonly length: number
}

const act: fc.Arbitrary<Act> = fc.record({
  who: fc.nat(2),
  kind: fc.constantFrom('write', 'write', 'write', 'erase', 'nest', 'meet'),
  at: fc.nat(1_000),
  length: fc.integer({ min: 1, max: 6 }),
})

/** What three people made who met now and then, so that what each wrote rests on what the others had. */
const madeBy = (acts: readonly Act[]): Y.Doc => {
  const docs = [1, 2, 3].map((clientID) => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    return doc
  })
  const meet = (a: Y.Doc, b: Y.Doc) => Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  for (const { who, kind, at, length } of acts) {
    const doc = docs[who] as Y.Doc
    const text = doc.getText('body')
    const place = at % (text.length + 1)
    if (kind === 'write') text.insert(place, 'abcdef'.slice(0, length))
    else if (kind === 'erase') text.delete(place, Math.min(length, text.length - place))
    else if (kind === 'nest') doc.getMap('records').set(`k${at % 5}`, new Y.Map([['v', new Y.Text('in a text of its own')]]))
    else meet(docs[(who + 1) % 3] as Y.Doc, doc)
  }
  const [first, ...others] = docs as [Y.Doc, ...Y.Doc[]]
  for (const other of others) meet(first, other)
  return first
}

const isWaiting = ({ store }: Y.Doc) => store.pendingStructs !== null || store.pendingDs !== null

test('O6: the parts of what was written, taken one after another, never wait for a later one, and make the whole', () => {
  fc.assert(
    fc.property(
      fc.array(act, { minLength: 1, maxLength: 60 }),
      fc.array(act, { maxLength: 60 }),
      fc.integer({ min: 1, max: 200 }),
      (before, after, bytes) => {
        const known = Y.encodeStateAsUpdate(madeBy(before))
        const update = Y.encodeStateAsUpdate(madeBy([...before, ...after]), Y.encodeStateVectorFromUpdate(known))
        const [byParts, atOnce] = [new Y.Doc(), new Y.Doc()]
        for (const doc of [byParts, atOnce]) Y.applyUpdate(doc, known)
        for (const part of partsOf(update, bytes)) {
          Y.applyUpdate(byParts, part)
          expect(isWaiting(byParts)).toBe(false)
        }
        Y.applyUpdate(atOnce, update)
        expect(Y.encodeStateAsUpdate(byParts)).toEqual(Y.encodeStateAsUpdate(atOnce))
      },
    ),
    { numRuns: 300 },
  )
})

test('O6: a part is about as large as was asked for, and deletions are parted too', () => {
  const doc = new Y.Doc()
  const text = doc.getText('body')
  for (let letter = 0; letter < 4_000; letter++) text.insert(0, 'x')
  for (let letter = 0; letter < 2_000; letter++) text.delete(letter, 1)
  const parts = partsOf(Y.encodeStateAsUpdate(doc), 2_000)
  expect(parts.length).toBeGreaterThan(10)
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(2_500)
})
