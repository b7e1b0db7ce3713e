import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { createSeenStore } from './seen-store.ts'

const seen = (seq: number, epoch = 'e') => ({ epoch, seq, at: `2026-03-02T12:00:0${seq}Z` })

test('H8: how far each person has seen each dispatch is kept, and what was seen once stays seen', async () => {
  const store = createSeenStore(await openDatabase('seen'))
  await store.note('ada', 'a', seen(5))
  await store.note('ada', 'a', seen(3))
  expect(await store.get('ada', 'a')).toEqual(seen(5))
  expect(await store.get('bo', 'a')).toBeNull()
  expect(await store.get('ada', 'b')).toBeNull()
  await store.note('ada', 'a', seen(1, 'f'))
  expect(await store.get('ada', 'a')).toEqual(seen(1, 'f'))
})

test('H8: where the browser keeps nothing, nothing was seen', async () => {
  const store = createSeenStore(null)
  await store.note('ada', 'a', seen(5))
  expect(await store.get('ada', 'a')).toBeNull()
})
