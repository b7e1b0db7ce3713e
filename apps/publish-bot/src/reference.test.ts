import { titleSlug } from '@stet/schema/address'
import type { DispatchListing } from '@stet/schema/contract/api'
import { type DispatchId, newDispatchId } from '@stet/schema/ids'
import type { RevisionFacts } from '@stet/schema/revision'
import { expect, test } from 'vitest'
import { findByReference } from './reference.ts'

const listing = (fields: Partial<DispatchListing>): DispatchListing => ({
  id: newDispatchId(),
  kind: 'dispatch',
  number: null,
  date: null,
  title: '',
  revision: null,
  updatedAt: '2026-01-01T00:00:00Z',
  ...fields,
})
const factsAt = (dispatch: DispatchId, path: string): RevisionFacts => ({
  dispatch,
  path,
  revision: 1,
  sha256: '0'.repeat(64),
  publishedAt: '2026-01-01T00:00:00Z',
  publishedBy: 'x',
  correction: null,
  title: 'x',
})

const eighth = listing({ number: 8, title: 'The Eighth' })
const essay = listing({ kind: 'essay', title: 'Renamed since' })
const draft = listing({ kind: 'essay', title: 'Déjà Vu, Again?' })
const all = [eighth, essay, draft]
const published = [factsAt(essay.id, '/essays/first-title/')]

test.each([
  ['8', eighth],
  ['008', eighth],
  [eighth.id, eighth],
  ['first-title', essay],
  ['renamed-since', essay],
  ['deja-vu-again', draft],
])('“%s” is found', (reference, expected) => {
  expect(findByReference(reference, all, published)).toEqual({ ok: true, value: expected })
})

test('an unknown reference lists what there is', () => {
  const found = findByReference('9', all, published)
  expect(found).toMatchObject({ ok: false, failure: { code: 1, lines: { length: 4, 0: 'No dispatch “9”. There is:' } } })
  expect(findByReference('9', [], [])).toMatchObject({ ok: false, failure: { lines: ['No dispatch “9”: the desk is empty.'] } })
})

test('a reference that fits two is not guessed', () => {
  const twin = listing({ number: 8, title: 'Another eighth' })
  const found = findByReference('008', [...all, twin], published)
  expect(found).toMatchObject({
    ok: false,
    failure: {
      code: 1,
      lines: [
        '“008” fits 2 dispatches; give the id of one:',
        `  ${eighth.id}  dispatch 008 “The Eighth”`,
        `  ${twin.id}  dispatch 008 “Another eighth”`,
      ],
    },
  })
})

test('a dispatch without a title has no slug to be found by', () => {
  expect(titleSlug('…')).toBe('')
  expect(findByReference('', [listing({})], []).ok).toBe(false)
})
