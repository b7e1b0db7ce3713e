import { parseXml, XmlElement } from '@rgrove/parse-xml'
import type { Published } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import fc from 'fast-check'
import { parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { archiveEntry } from './archive-entry.ts'
import { FEED_LENGTH, lastPublished } from './feed-entries.ts'
import { renderJsonFeed } from './json-feed.ts'
import { essay, factsOf, lighthouse, site } from './lighthouse.fixture.ts'
import { renderRobots } from './robots.ts'
import { renderRss } from './rss.ts'
import { renderSitemap } from './sitemap.ts'

const corrected: Published = factsOf(lighthouse, {
  revision: 2,
  publishedAt: '2026-05-20T16:00:00Z',
  correction: { wrong: 'At ten.', stands: 'At nine.' },
  earlier: [{ revision: 1, publishedAt: '2026-04-12T08:30:00Z', correction: null }],
})
const editions = [
  { snapshot: lighthouse, revision: corrected },
  { snapshot: essay, revision: factsOf(essay, { path: '/essays/on-switching-off/' }) },
]
const rss = renderRss(editions, site)
const jsonFeed = renderJsonFeed(editions, site)

/** The texts of all elements of a name, by a parser that refuses whatever XML forbids. */
const textsOf = (xml: string, name: string): string[] => {
  const found = (element: XmlElement): XmlElement[] =>
    element.children.flatMap((child) =>
      child instanceof XmlElement ? [...(child.name === name ? [child] : []), ...found(child)] : [],
    )
  const { root } = parseXml(xml)
  return root === null ? [] : found(root).map(({ text }) => text)
}

describe('D10: the feeds', () => {
  test('are read back as what was published', () => {
    const feed = parseRssFeed(rss)
    expect(feed).toMatchObject({ title: 'Lantern Radio', link: 'https://lantern.example/' })
    expect(feed.atom?.links).toMatchObject([{ rel: 'self', href: 'https://lantern.example/feed.xml' }])
    expect(feed.items?.[0]).toMatchObject({
      title: 'The Light That Was Switched Off Twice',
      link: 'https://lantern.example/dispatches/014/',
      guid: { value: lighthouse.id, isPermaLink: false },
      pubDate: 'Sun, 12 Apr 2026 08:30:00 GMT',
      description: 'A light went out. Two ledgers say when.',
      categories: [{ name: 'Lighthouses' }, { name: 'Ledgers & logs' }],
      dc: { creators: ['ines', 'Old Tom'] },
    })
    expect(feed.items?.[0]?.enclosures).toBeUndefined()
    expect(feed.items?.[1]?.dc?.creators).toEqual(['Night editor @ines'])

    const json = parseJsonFeed(JSON.parse(jsonFeed))
    expect(json).toMatchObject({
      home_page_url: 'https://lantern.example/',
      feed_url: 'https://lantern.example/feed.json',
    })
    expect(json.items?.[0]).toMatchObject({
      id: lighthouse.id,
      url: 'https://lantern.example/dispatches/014/',
      date_published: '2026-04-12T08:30:00Z',
      date_modified: '2026-05-20T16:00:00Z',
      authors: [{ name: 'ines' }, { name: 'Old Tom' }],
      tags: ['Lighthouses', 'Ledgers & logs'],
      language: 'en',
    })
    expect(JSON.parse(jsonFeed)).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ _stet: { kind: 'dispatch', number: 14, revision: 2 } }, { _stet: { kind: 'essay' } }],
    })
  })

  test('carry the whole text, the same in both, with links that lead back to the page', () => {
    const [html = ''] = textsOf(rss, 'content:encoded')
    expect(JSON.parse(jsonFeed).items[0].content_html).toBe(html)
    for (const words of ['Nobody signs for the dark.', 'And later.', 'Out at 21:00.', 'At ten.', 'At nine.'])
      expect(html).toContain(words)
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    expect(links).toContain('https://lantern.example/dispatches/014/#t-00-03-12')
    expect(links).toContain('https://lantern.example/dispatches/014/revisions/2/changes/')
    for (const link of links) expect(link).toMatch(/^https:\/\//)
    expect(html).not.toMatch(/ (id|class)=/)
  })

  test('know a dispatch by the same id whatever becomes of it and of the show', () => {
    const renamed = {
      snapshot: { ...lighthouse, title: 'Other', number: 15 },
      revision: { ...corrected, path: '/dispatches/015/' },
    }
    const moved = { name: 'Other', url: 'https://other.example' }
    expect(textsOf(renderRss([renamed], moved), 'guid')).toEqual([lighthouse.id])
    expect(JSON.parse(renderJsonFeed([renamed], moved)).items[0].id).toBe(lighthouse.id)
  })

  test('hold the last published, so that a correction of an old one is told', () => {
    const days = Array.from({ length: FEED_LENGTH + 2 }, (_, day) => ({
      path: `/dispatches/${100 + day}/`,
      publishedAt: new Date(Date.UTC(2026, 0, day + 1)).toISOString(),
    }))
    const paths = lastPublished(days).map(({ path }) => path)
    expect([paths.length, paths[0], paths.at(-1)]).toEqual([FEED_LENGTH, '/dispatches/111/', '/dispatches/102/'])
    const [first = { path: '', publishedAt: '' }, ...others] = days
    expect(lastPublished([{ ...first, publishedAt: '2026-06-01T00:00:00Z' }, ...others])[0]?.path).toBe('/dispatches/100/')
  })

  test('of a show that has published nothing are empty', () => {
    expect(textsOf(renderRss([], site), 'item')).toEqual([])
    expect(textsOf(renderRss([], site), 'title')).toEqual(['Lantern Radio'])
    expect(JSON.parse(renderJsonFeed([], site)).items).toEqual([])
  })

  test('are the same each time', () => {
    expect([renderRss(structuredClone(editions), site), renderJsonFeed(structuredClone(editions), site)]).toEqual([rss, jsonFeed])
  })
})

test('R1: whatever is written, the feed is well-formed and says it', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '&',
          ']]>',
          '<![CDATA[',
          '<!--',
          '</item>',
          '&lt;',
          '&#0;',
          '\u0000',
          '\u000b',
          '\ufffe',
          '\ud800',
          '<?x',
          '"',
        ),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.join('').replaceAll(/[\r\n]/g, ' '))
    .filter((words) => words !== '')
  fc.assert(
    fc.property(hostile, (words) => {
      const snapshot: Snapshot = {
        ...lighthouse,
        title: words,
        topics: [words],
        summary: words,
        speakers: [{ id: 'p1', name: words, color: 1 }],
        body: [{ kind: 'turn', id: 't1', speaker: 'p1', start: 0, content: [{ type: 'text', text: words }] }],
      }
      const xml = renderRss([{ snapshot, revision: factsOf(snapshot) }], { ...site, name: words })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot hold
      const writable = words.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      expect(textsOf(xml, 'title')).toEqual([writable, writable])
      expect(textsOf(xml, 'category')).toEqual([writable])
      expect(textsOf(xml, 'content:encoded')[0]).not.toMatch(/<(script|img|!--|\?|!\[CDATA)/)
    }),
    { numRuns: 60 },
  )
})

test('D11: the site map names every page that stands, with the day it last changed', () => {
  const sitemap = renderSitemap([archiveEntry({ snapshot: lighthouse, facts: corrected })], site)
  expect(textsOf(sitemap, 'loc')).toEqual([
    'https://lantern.example/',
    'https://lantern.example/about/',
    'https://lantern.example/corrections/',
    'https://lantern.example/dispatches/014/',
    'https://lantern.example/speakers/ines/',
    'https://lantern.example/speakers/old-tom/',
    'https://lantern.example/sources/coast.example/',
  ])
  expect(textsOf(sitemap, 'lastmod')).toEqual(['2026-05-20T16:00:00Z'])
  expect(renderRobots(site)).toContain('\nSitemap: https://lantern.example/sitemap.xml\n')
})
