import type { Published, Revision } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import { describe, expect, test } from 'vitest'
import { renderChanges } from './changes-page.ts'
import { renderCorrections } from './corrections-page.ts'
import { renderPage, renderRevisionPage } from './html.ts'
import { factsOf, lighthouse, site } from './lighthouse.fixture.ts'
import { pageScript } from './page-script.ts'
import { renderRevisions } from './revisions-page.ts'
import { renderWithdrawn } from './withdrawn.ts'

const HOSTILE = '</dd><script>alert(1)</script><img src=x onerror=alert(1)>'
const corrected = (wrong: string, stands: string) => ({ wrong, stands })

const first = factsOf(lighthouse)
const second = factsOf(lighthouse, {
  revision: 2,
  publishedAt: '2026-05-02T08:30:00Z',
  correction: corrected('The light went out at ten.', HOSTILE),
  earlier: [first],
})
const third = factsOf(lighthouse, { revision: 3, publishedAt: '2026-05-09T08:30:00Z', earlier: [first, second] })

const page = (revision: Published) => renderPage({ snapshot: lighthouse, revision }, site)

/** In the head an attribute may hold such signs as they are. */
/** Without our own script, which ends it. */
const bodyOf = (html: string): string => html.slice(html.indexOf('<body>')).replace(`<script>${pageScript}</script>`, '')

describe('D7: a page', () => {
  test('shows what was put right, with its date, and the way to the old words', () => {
    const html = page(second)
    expect(html).toContain('Corrected <time datetime="2026-05-02T08:30:00Z">2 May 2026</time>')
    expect(html).toContain('<dt>What was wrong</dt><dd>The light went out at ten.</dd>')
    expect(html).toContain('<a href="/dispatches/014/revisions/2/changes/">')
    expect(html).toContain('<a href="/dispatches/014/revisions/">Revision 2</a>')
  })

  test('keeps showing it with later revisions, and says of a minor one that it is updated', () => {
    expect(page(third)).toContain('The light went out at ten.')
    const minor = page(factsOf(lighthouse, { revision: 2, publishedAt: '2026-05-02T08:30:00Z', earlier: [first] }))
    expect(minor).toContain('Updated <time datetime="2026-05-02T08:30:00Z">2 May 2026</time>')
    expect(minor).not.toContain('id="corrections"')
    expect(page(first)).not.toMatch(/Corrected |Updated /)
  })

  test('of an old revision says so, and has the newest as its canonical address', () => {
    const html = renderRevisionPage({ snapshot: lighthouse, revision: first }, site)
    expect(html).toContain('This is revision 1, as it was published on <time')
    expect(html).toContain('<a href="/dispatches/014/">Read what stands now</a>')
    expect(html).toContain('<link rel="canonical" href="https://lantern.example/dispatches/014/">')
  })

  test('leads to the corrections of the show', () => {
    expect(page(first)).toContain('<a href="/corrections/">Corrections</a>')
  })
})

test('D7: the list of revisions tells each with its date and note, newest first', () => {
  const html = renderRevisions([first, second, third], site)
  expect([...html.matchAll(/">Revision (\d)<\/a>/g)].map(([, number]) => number)).toEqual(['3', '2', '1'])
  expect(html).toContain('<a href="/dispatches/014/revisions/1/">')
  expect(html).toContain('<a href="/dispatches/014/revisions/3/changes/">')
  expect(html).toMatch(/Revision 3.*Updated\..*Revision 2.*The light went out at ten\..*Revision 1.*First published\./s)
})

test('D7: the corrections of a show name each with its title and date', () => {
  const html = renderCorrections([second], [], site)
  expect(html).toContain('<a href="/dispatches/014/">The Light That Was Switched Off Twice</a>, <time')
  expect(renderCorrections([], [], site)).toContain('Nothing has been corrected yet.')
})

const withdrawal = { reason: HOSTILE, at: '2026-05-20T08:30:00Z', by: 'ines' }

test('D9: a tombstone says what stood there, why it is gone and since when, and is kept by no search engine', () => {
  const html = renderWithdrawn(first, withdrawal, site)
  expect(html).toContain('<h1>The Light That Was Switched Off Twice</h1>')
  expect(html).toContain('Withdrawn · <time datetime="2026-05-20T08:30:00Z">20 May 2026</time>')
  expect(html).toContain('<meta name="robots" content="noindex">')
})

test('D9: what was withdrawn stands among the corrections, by its date', () => {
  const html = renderCorrections([second], [{ revision: first, withdrawal }], site)
  expect(html).toMatch(/withdrawn <time[^>]*>20 May 2026.*, <time[^>]*>2 May 2026/s)
})

test('R1: whatever a note says, it is text', () => {
  for (const html of [
    page(second),
    renderRevisions([first, second], site),
    renderCorrections([second], [], site),
    renderWithdrawn(first, withdrawal, site),
  ]) {
    expect(bodyOf(html)).not.toMatch(/<script|<img/)
    expect(html).toContain('&#x3C;script>alert(1)')
  }
})

describe('D8: what a revision changed', () => {
  const revisionOf = (snapshot: Snapshot, facts: Published): Revision => ({ ...facts, title: snapshot.title, snapshot })
  const edited: Snapshot = {
    ...lighthouse,
    title: `The Light ${HOSTILE}`,
    body: lighthouse.body.flatMap((block) =>
      block.id === 't4' ? [{ ...block, content: [{ type: 'text', text: 'And sooner.' }] }] : [block],
    ),
    sources: lighthouse.sources.slice(0, 2),
  }
  const html = renderChanges(revisionOf(lighthouse, first), revisionOf(edited, second), site)

  test('is told by field, turn and source, in signs and in words', () => {
    expect(html).toContain('<h2>Title</h2>')
    expect(html).toContain('<h2>Old Tom’s turn</h2>')
    expect(html).toContain('<del><span class="heard">Erased: </span>later<span class="heard">. </span></del>')
    expect(html).toContain('<ins><span class="heard">Inserted: </span>sooner<span class="heard">. </span></ins>')
    expect(html).toContain('<h2>Source: A letter <span class="change-note">removed</span></h2>')
  })

  test('leaves out what is the same, and says so when that is all', () => {
    expect(html).not.toContain('<h2>Summary</h2>')
    expect(renderChanges(revisionOf(lighthouse, first), revisionOf(lighthouse, second), site)).toContain(
      'Nothing that can be read',
    )
  })

  test('R1: is text, whatever was written', () => {
    expect(bodyOf(html)).not.toMatch(/<script|<img/)
  })
})
