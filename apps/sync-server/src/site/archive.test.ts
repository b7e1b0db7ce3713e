import { emptyContent, type Snapshot } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import type { Revisions } from '../revisions/revisions.ts'
import { createArchive } from './archive.ts'

type Id = Snapshot['id']
const idOf = (nth: number) => `ArchivedDispatch${String(nth).padStart(6, '0')}` as Id

const snapshotOf = (nth: number, words: string): Snapshot => ({
  ...emptyContent('dispatch'),
  layout: 1,
  id: idOf(nth),
  number: nth,
  date: '2026-01-01',
  title: `Number ${nth}`,
  body: [{ kind: 'turn', id: 't1', speaker: null, start: 0, content: [{ type: 'text', text: words }] }],
})

/** What is published, and how often each revision was read whole. */
const publishedShow = () => {
  const newest = new Map<Id, { revision: number; words: string }>()
  const reads: string[] = []
  const factsOf = (dispatch: Id, revision: number, nth: number) => ({
    dispatch,
    revision,
    sha256: 'ab'.repeat(32),
    publishedAt: '2026-01-02T00:00:00Z',
    publishedBy: 'ines',
    path: `/dispatches/${String(nth).padStart(3, '0')}/`,
    title: '',
    correction: null,
  })
  const nthOf = (dispatch: string) => Number(dispatch.slice(-6))
  const revisions: Pick<Revisions, 'newest' | 'get'> = {
    newest: () => [...newest].map(([dispatch, { revision }]) => factsOf(dispatch, revision, nthOf(dispatch))),
    get: (dispatch, revision) => {
      reads.push(`${nthOf(dispatch)}.${revision}`)
      const words = newest.get(dispatch)?.words ?? ''
      return { ...factsOf(dispatch, revision, nthOf(dispatch)), earlier: [], snapshot: snapshotOf(nthOf(dispatch), words) }
    },
  }
  return { newest, reads, archive: createArchive(revisions as Revisions) }
}

test('F7: a revision is read once for lists and once for its words, however much else is published', () => {
  const { newest, reads, archive } = publishedShow()
  for (const nth of [1, 2, 3]) newest.set(idOf(nth), { revision: 1, words: `words ${nth}` })
  expect(
    archive
      .entries()
      .map(({ title }) => title)
      .toSorted(),
  ).toEqual(['Number 1', 'Number 2', 'Number 3'])
  archive.texts()
  expect(reads.toSorted()).toEqual(['1.1', '1.1', '2.1', '2.1', '3.1', '3.1'])

  reads.length = 0
  newest.set(idOf(2), { revision: 2, words: 'other words' })
  const texts = archive.texts()
  archive.entries()
  expect(reads).toEqual(['2.2', '2.2'])
  expect(texts.map(({ folded }) => folded.split('\n')[1])).toEqual(['words 3', 'other words', 'words 1'])
})

test('F8: what was withdrawn is not in the next answer', () => {
  const { newest, archive } = publishedShow()
  for (const nth of [1, 2, 3]) newest.set(idOf(nth), { revision: 1, words: 'tide and time' })
  archive.texts()
  newest.delete(idOf(2))
  expect(archive.texts().map(({ entry }) => entry.path)).toEqual(['/dispatches/003/', '/dispatches/001/'])
  expect(archive.entries()).toHaveLength(2)
})
