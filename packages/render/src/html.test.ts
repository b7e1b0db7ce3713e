import type { Snapshot, Source } from '@stet/schema/snapshot'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderAbout } from './about-page.ts'
import { archiveEntry, hostsOf, speakersOf } from './archive-entry.ts'
import { renderCorrections } from './corrections-page.ts'
import { feedContent } from './feed-content.ts'
import { renderHost, renderSpeaker } from './gathered-pages.ts'
import { renderHome } from './home.ts'
import { renderPage, renderRevisionPage } from './html.ts'
import { essay, factsOf, lighthouse, site } from './lighthouse.fixture.ts'
import { renderNotFound } from './not-found.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'
import { renderRevisions } from './revisions-page.ts'
import { renderWithdrawn } from './withdrawn.ts'

const page = renderPage({ snapshot: lighthouse, revision: factsOf(lighthouse) }, site)
const essayPage = renderPage({ snapshot: essay, revision: factsOf(essay, { path: '/essays/on-switching-off/' }) }, site)

type Tag = { readonly name: string; readonly attributes: ReadonlyMap<string, string> }

/** Reads markup as a browser does where it is well formed, and fails at any "<" that opens no tag. */
const tagsOf = (html: string): Tag[] => {
  const tags: Tag[] = []
  const rest = html.replace(`<style>${pageStyle}</style>`, '<style></style>').replace(pageScript, '')
  const tag = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z:-]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*>|<!doctype html>|</gi
  for (const [whole, , name, attributes = ''] of rest.matchAll(tag)) {
    if (whole === '<') throw new Error('a "<" that opens no tag')
    if (name === undefined) continue
    const pairs = [...attributes.matchAll(/\s+([a-z:-]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S+)))?/gi)]
    tags.push({
      name: `${whole.startsWith('</') ? '/' : ''}${name}`,
      attributes: new Map(pairs.map(([, key = '', a, b, c]) => [key, a ?? b ?? c ?? ''])),
    })
  }
  return tags
}
const valuesOf = (html: string, attribute: string) => tagsOf(html).flatMap(({ attributes }) => attributes.get(attribute) ?? [])

describe('a page', () => {
  test('says what it is to people and machines', () => {
    expect(page).toMatch(/^<!doctype html><html lang="en">/)
    expect(page).toContain('<title>The Light That Was Switched Off Twice · Dispatch 014 · Lantern Radio</title>')
    expect(page).toContain('<meta name="description" content="A light went out. Two ledgers say when.">')
    expect(page).toContain('<link rel="canonical" href="https://lantern.example/dispatches/014/">')
    expect(page).toContain('◆ Dispatch 014 · <time datetime="2026-04-11">11 April 2026</time>')
    expect(page).toContain('“Nobody signs for the dark.”')
    expect(page).toContain('— Ines Vale, keeper')
    expect(page).toContain('Ledgers &#x26; logs')
  })

  test('D12: has its style and its one script as they are, so that hashes allow them, and nothing else that runs', () => {
    expect(page).toContain(`<style>${pageStyle}</style>`)
    expect(pageStyle).not.toMatch(/<|@import|expression/)
    expect(page.split(`<script>${pageScript}</script>`)).toHaveLength(2)
    expect(pageScript).not.toMatch(/<[/!a-z]|\beval\b|innerHTML|document\.write/i)
    const scripts = tagsOf(page).filter(({ name }) => name === 'script')
    expect(scripts.map(({ attributes }) => attributes.get('type'))).toEqual(['application/ld+json', undefined])
    expect(tagsOf(page).flatMap(({ attributes }) => [...attributes.keys()].filter((name) => name.startsWith('on')))).toEqual([])
  })

  test('has an anchor for each turn that never meets another', () => {
    const ids = valuesOf(page, 'id')
    expect(ids).toEqual(expect.arrayContaining(['b-c1', 't-00-00-00', 't-00-03-12', 't-00-03-12-2', 'b-t4', 'source-1']))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has no link within it that leads nowhere', () => {
    for (const html of [page, essayPage]) {
      const ids = valuesOf(html, 'id')
      for (const href of valuesOf(html, 'href').filter((value) => value.startsWith('#'))) expect(ids).toContain(href.slice(1))
    }
  })

  test('shows times for people and durations for machines', () => {
    expect(page).toContain('<a href="#t-00-03-12" class="permalink"><time datetime="PT3M12S">3:12</time></a>')
  })

  test('ends a cited range in the numbers of its sources, once', () => {
    expect(page).toContain(
      '<span class="cited">at nine</span><span class="cited"><strong> sharp</strong></span><sup class="references">',
    )
    expect(page.match(/<sup class="references">/g)).toHaveLength(2)
    expect(page).toContain(
      '<dt>Rests on it</dt><dd><ul class="citings"><li><a href="#t-00-00-00.1"><time datetime="PT0S">0:00</time> “at nine sharp”</a></li>',
    )
  })

  test('F1: a number opens the note of its source, which leads to the source laid open, and from there back', () => {
    const buttons = tagsOf(page).filter(({ name, attributes }) => name === 'button' && attributes.has('popovertarget'))
    expect(buttons.map(({ attributes }) => [attributes.get('id'), attributes.get('popovertarget')])).toEqual([
      ['t-00-00-00.1', 'note-1'],
      ['t-00-00-00.2', 'note-2'],
      ['t-00-03-12-2.1', 'note-1'],
    ])
    const notes = tagsOf(page).filter(({ attributes }) => attributes.has('popover'))
    expect(notes.map(({ attributes }) => attributes.get('id'))).toEqual(['note-1', 'note-2'])
    expect(page).toContain('<p class="note-words">“Out at 21:00.”</p><p class="note-origin">Article · Primary source</p>')
    expect(page).toContain('<a href="#source-1-details">To the source</a>')
    expect(page).toContain('<dl id="source-1-details">')
  })

  test('F4: says which way its language runs', () => {
    const opening = (language: string) =>
      renderPage({ snapshot: { ...lighthouse, language }, revision: null }, site).slice(15, 60)
    expect(opening('ar')).toContain('<html lang="ar" dir="rtl">')
    expect(opening('az-Arab-IR')).toContain('<html lang="az-Arab-IR" dir="rtl">')
    expect(opening('ku-Latn')).toContain('<html lang="ku-Latn">')
    expect(opening('en')).toContain('<html lang="en">')
  })

  test('shows a cue apart from speech', () => {
    expect(page).toContain('<i class="cue">sighs</i> It went out')
  })

  test('shows what cannot be followed as text', () => {
    expect(valuesOf(page, 'href').filter((href) => href.startsWith('http'))).toEqual([
      'https://lantern.example/dispatches/014/',
      'https://coast.example/log',
      'https://coast.example/ledger?page=1',
    ])
    expect(page).toContain('<span class="address">javascript:alert(1)</span>')
    expect(page).toContain('ledg…</span>')
    for (const { name, attributes } of tagsOf(page)) {
      if (name === 'a' && attributes.get('href')?.startsWith('http')) expect(attributes.get('rel')).toBe('noopener noreferrer')
    }
  })

  test('of a draft has no address of its own and says that it is one', () => {
    const draft = renderPage({ snapshot: { ...lighthouse, title: '' }, revision: null }, site)
    expect(draft).not.toContain('rel="canonical"')
    expect(draft).toContain('<meta name="robots" content="noindex">')
    expect(draft).toContain(' · Draft</p>')
    expect(draft).toContain('<h1>Untitled</h1>')
  })

  test('of an essay has its byline, headings, one list and plain sources', () => {
    expect(essayPage).toContain('◆ Essay · <time datetime="2026-04-12">12 April 2026</time>')
    expect(essayPage).toContain('by Night editor @ines')
    expect(
      tagsOf(essayPage)
        .filter(({ name }) => /^h[1-6]$/.test(name))
        .map(({ name }) => name),
    ).toEqual(['h1', 'h2', 'h3', 'h2'])
    expect(essayPage).toContain('<ul><li id="b-g2">On, which<br>is reflexive</li><li id="b-g3">Off.</li></ul>')
    expect(essayPage).toContain('<div id="source-1" class="source source-plain">')
    expect(essayPage).toContain('<li><a href="#b-g1.2">“It has two positions.”</a></li>')
  })

  test('R2: is the same each time', () => {
    expect(renderPage({ snapshot: structuredClone(lighthouse), revision: factsOf(lighthouse) }, site)).toBe(page)
  })
})

describe('the front page', () => {
  const summaryOf = (number: number, date: string | null, publishedAt: string) => {
    const snapshot: Snapshot = { ...lighthouse, number, date, title: `Number ${number}` }
    return { snapshot, facts: factsOf(snapshot, { path: `/dispatches/${String(number).padStart(3, '0')}/`, publishedAt }) }
  }

  test('lists the newest dispatch first, then essays', () => {
    const older = summaryOf(9, '2026-01-02', '2026-05-01T00:00:00Z')
    const newer = summaryOf(10, '2026-01-03', '2026-01-03T00:00:00Z')
    const undated = summaryOf(11, null, '2026-01-01T00:00:00Z')
    const html = renderHome(
      [{ snapshot: essay, facts: factsOf(essay, { path: '/essays/off/' }) }, older, undated, newer].map(archiveEntry),
      site,
    )
    expect(valuesOf(html, 'href').filter((href) => /^\/[de]/.test(href))).toEqual([
      '/dispatches/010/',
      '/dispatches/009/',
      '/dispatches/011/',
      '/essays/off/',
    ])
    expect(html).toContain('<h1>Lantern Radio</h1>')
  })

  test('says so when nothing is published', () => {
    expect(renderHome([], site)).toContain('Nothing is published yet.')
  })

  test('is not what stands where nothing is', () => {
    expect(renderNotFound(site)).toContain('There is no such page')
    expect(renderNotFound(site)).toContain('noindex')
  })
})

describe('R1: whatever is written', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '&',
          '"',
          "'",
          '`',
          '=',
          '/',
          '<script>alert(1)</script>',
          '</title>',
          '</style>',
          '"><img src=x onerror=alert(1)>',
          '<!--',
          ']]>',
          '&lt;',
          '&#x3C;',
          'javascript:',
          '</details>',
        ),
        fc.string({ unit: 'grapheme', maxLength: 3 }),
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join('').replaceAll(/[\r\n]/g, ' '))

  /** Every text of a snapshot replaced by the same words. */
  const filled = (snapshot: Snapshot, words: string, url: string): Snapshot => ({
    ...snapshot,
    title: words,
    quote: { text: words, name: words, role: words },
    byline: { role: words, handle: words },
    summary: words,
    topics: [words, words],
    // With a letter, so that each has a page.
    speakers: snapshot.speakers.map((speaker) => ({ ...speaker, name: `${words} a` })),
    sources: snapshot.sources.map(
      (source): Source => ({
        ...source,
        title: words,
        kind: words.replaceAll(/\s/g, ''),
        tier: 'primary',
        publisher: words,
        description: words,
        claim: words,
        url,
        citedText: words,
        context: words,
        keyPoints: [words],
      }),
    ),
    body: snapshot.body.map((block) => ({
      ...block,
      content: block.content.map((inline) => {
        const marks =
          inline.marks === undefined
            ? {}
            : { marks: { ...inline.marks, ...(inline.marks.link === undefined ? {} : { link: url }) } }
        return inline.type === 'cue' ? { type: 'cue', cue: words, ...marks } : { type: 'text', text: words, ...marks }
      }),
    })) as Snapshot['body'],
  })
  const corrected = (snapshot: Snapshot, words: string) =>
    factsOf(snapshot, { revision: 2, correction: { wrong: words, stands: words }, earlier: [factsOf(snapshot)] })
  const withdrawnFor = (words: string) => ({ reason: words, at: '2026-05-20T08:30:00Z', by: words })
  const rendered = (snapshot: Snapshot, words: string, url: string): string[] => {
    const written = filled(snapshot, words, url)
    const namedSite = { ...site, name: words }
    const entries = [archiveEntry({ snapshot: written, facts: factsOf(written) })]
    return [
      renderPage({ snapshot: written, revision: factsOf(written, { publishedBy: words }) }, namedSite),
      renderPage({ snapshot: written, revision: null }, namedSite),
      renderHome(entries, namedSite),
      renderAbout(entries, namedSite),
      ...speakersOf(entries).map((speaker) => renderSpeaker(speaker, namedSite)),
      ...hostsOf(entries).map((host) => renderHost(host, namedSite)),
      renderNotFound(namedSite),
      renderRevisionPage({ snapshot: written, revision: corrected(written, words) }, namedSite),
      renderRevisions([corrected(written, words)], namedSite),
      feedContent({ snapshot: written, revision: corrected(written, words) }, namedSite),
      renderCorrections(
        [corrected(written, words)],
        [{ revision: factsOf(written), withdrawal: withdrawnFor(words) }],
        namedSite,
      ),
      renderWithdrawn(factsOf(written), withdrawnFor(words), namedSite),
    ]
  }
  const shapeOf = (html: string) => tagsOf(html).map(({ name, attributes }) => [name, ...attributes.keys()].join(' '))

  test.each([lighthouse, essay])('a page has only the elements and attributes that the renderer made', (snapshot) => {
    const visible = hostile.filter((words) => words.trim() !== '')
    fc.assert(
      fc.property(visible, (words) => {
        const url = `x:${words}`
        expect(rendered(snapshot, words, url).map(shapeOf)).toEqual(rendered(snapshot, 'plain', 'x:plain').map(shapeOf))
      }),
      { numRuns: 100 },
    )
  })

  test('an address leads to the web, to mail, or within the page', () => {
    const address = fc.oneof(
      hostile,
      hostile.map((words) => `javascript:${words}`),
      hostile.map((words) => `JaVaScRiPt:${words}`),
      hostile.map((words) => ` \tjavascript:${words}`),
      hostile.map((words) => `data:text/html,${words}`),
      hostile.map((words) => `https://a.example/${words}`),
      hostile.map((words) => `//a.example/${words}`),
    )
    fc.assert(
      fc.property(address, (url) => {
        for (const href of rendered(lighthouse, 'words', url).flatMap((html) => valuesOf(html, 'href')))
          expect(href).toMatch(
            /^(#|\/($|dispatches\/|(about|corrections)\/$|search\/$|speakers\/[^/]+\/$|sources\/[a-z0-9.-]+\/$|feed\.(xml|json)$)|https?:\/\/|mailto:|014\.[a-z.]+$)/,
          )
      }),
      { numRuns: 100 },
    )
  })
})
