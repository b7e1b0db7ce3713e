import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createHonestReplica, createRandom } from '../sync/honest-replica.ts'
import { findClash } from './find-clash.ts'

const replica = (clientID: number) => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  return doc
}

test('G2: what two write under one client id at one clock is found', () => {
  const [one, other] = [replica(7), replica(7)]
  one.getText('body').insert(0, 'let it stand')
  other.getText('body').insert(0, 'let it ')
  other.getText('body').insert(7, 'go')
  expect(findClash(one, Y.encodeStateAsUpdate(other), 7)).toBe(0)
  expect(findClash(one, Y.encodeStateAsUpdate(other), 8)).toBe(null)
})

test('G2: the same letters at another place are something else', () => {
  const start = replica(1)
  start.getText('body').insert(0, 'ab')
  const [one, other] = [replica(7), replica(7)]
  for (const doc of [one, other]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(start))
  one.getText('body').insert(1, 'x')
  other.getText('body').insert(2, 'x')
  expect(findClash(one, Y.encodeStateAsUpdate(other), 7)).toBe(0)
})

test('G2: whatever an honest replica says again is the same, however it was split, deleted or collected since', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = createRandom(seed)
    const [ada, bob] = [createHonestReplica(random, 7), createHonestReplica(random, 8)]
    const room = new Y.Doc()
    for (let edit = 0; edit < 150; edit++) {
      random.pick([ada, bob]).edit()
      if (random.below(10) > 0) continue
      const from = random.pick([ada, bob]).doc
      const said = Y.encodeStateAsUpdate(from)
      for (const client of [7, 8]) expect(findClash(room, said, client), `seed ${seed}`).toBe(null)
      Y.applyUpdate(room, said)
      if (random.below(2) === 0) Y.applyUpdate(random.pick([ada, bob]).doc, Y.encodeStateAsUpdate(room))
    }
  }
})
