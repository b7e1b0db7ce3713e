import { brotliCompressSync } from 'node:zlib'
import { timelineOf } from '@stet/schema/timeline'
import { expect, test } from 'vitest'
import { hourOfTalk } from './hour.fixture.ts'
import { renderPage } from './html.ts'
import { factsOf, site } from './lighthouse.fixture.ts'

/** As browsers take it over TLS; gzip makes a fifth more of it. */
const MOST_BYTES = 60_000

test('F5: the page of an hour of talk, style and script in it, takes at most 60 kB compressed', () => {
  const snapshot = hourOfTalk()
  const ends = [...timelineOf(snapshot).values()].map(({ start, length }) => start + length)
  expect(Math.max(...ends)).toBeGreaterThan(3_500)
  const page = renderPage({ snapshot, revision: factsOf(snapshot, { path: '/dispatches/060/' }) }, site)
  expect(page.match(/interestfor/g)?.length).toBeGreaterThan(80)
  expect(brotliCompressSync(page).length).toBeLessThanOrEqual(MOST_BYTES)
})
