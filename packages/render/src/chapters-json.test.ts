import { emptyContent } from '@stet/schema/snapshot'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { hasChapters, renderChaptersJson } from './chapters-json.ts'
import { hostileDispatch } from './hostile.fixture.ts'
import { factsOf, lighthouse, site } from './lighthouse.fixture.ts'

/** Version 1.2 of the podcast namespace's chapters. */
const Chapters = z.strictObject({
  version: z.literal('1.2.0'),
  title: z.string().min(1).optional(),
  podcastName: z.string().min(1),
  chapters: z.array(z.strictObject({ startTime: z.number().min(0), title: z.string().min(1), url: z.url().optional() })).min(1),
})

test('R3: chapters have titles and starts that rise, whatever they are called', () => {
  fc.assert(
    fc.property(hostileDispatch.filter(hasChapters), (snapshot) => {
      const { chapters } = Chapters.parse(JSON.parse(renderChaptersJson({ snapshot, revision: factsOf(snapshot) }, site)))
      for (const [index, { startTime }] of chapters.entries())
        expect(startTime).toBeGreaterThan(chapters[index - 1]?.startTime ?? -1)
    }),
  )
})

test('a draft has no address to lead to', () => {
  const { chapters } = Chapters.parse(JSON.parse(renderChaptersJson({ snapshot: lighthouse, revision: null }, site)))
  expect(chapters).toEqual([{ startTime: 0, title: 'Cold open' }])
})

test('chapters without a title are none', () => {
  const body = [{ kind: 'chapter' as const, id: 'c1', start: 0, content: [] }]
  expect(hasChapters({ ...lighthouse, ...emptyContent('dispatch'), body })).toBe(false)
})
