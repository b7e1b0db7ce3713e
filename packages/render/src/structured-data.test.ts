import { expect, test } from 'vitest'
import { renderHome } from './home.ts'
import { renderPage, renderRevisionPage } from './html.ts'
import { essay, factsOf, lighthouse, site } from './lighthouse.fixture.ts'

const dataOf = (html: string) => {
  const found = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1]
  return found === undefined ? null : JSON.parse(found)
}
const corrected = factsOf(lighthouse, {
  revision: 2,
  publishedAt: '2026-05-20T16:00:00Z',
  correction: { wrong: 'At ten.', stands: 'At nine.' },
  earlier: [{ revision: 1, publishedAt: '2026-04-12T08:30:00Z', correction: null }],
})
const page = renderPage({ snapshot: lighthouse, revision: corrected }, site)

test('D12: the page of a dispatch tells machines what it is, what it rests on and what was put right', () => {
  const data = dataOf(page)
  expect(data).toMatchObject({
    '@context': 'https://schema.org',
    '@type': 'PodcastEpisode',
    name: 'The Light That Was Switched Off Twice',
    url: 'https://lantern.example/dispatches/014/',
    episodeNumber: 14,
    dateCreated: '2026-04-11',
    datePublished: '2026-04-12T08:30:00Z',
    dateModified: '2026-05-20T16:00:00Z',
    keywords: ['Lighthouses', 'Ledgers & logs'],
    partOfSeries: { '@type': 'PodcastSeries', name: 'Lantern Radio', url: 'https://lantern.example/' },
    author: [{ name: 'ines' }, { name: 'Old Tom' }],
    correction: [{ '@type': 'CorrectionComment', datePublished: '2026-05-20T16:00:00Z', text: 'At ten. At nine.' }],
  })
  expect(data.timeRequired).toMatch(/^PT3M\d+S$/)
  expect(data).not.toHaveProperty('duration')
  expect(data.hasPart).toMatchObject([
    { '@type': 'Clip', name: 'Cold open', startOffset: 0, url: 'https://lantern.example/dispatches/014/#b-c1' },
  ])
  expect(data.citation).toHaveLength(3)
  expect(data.citation[0]).toMatchObject({ name: 'The first ledger', url: 'https://coast.example/ledger?page=1' })
  for (const cited of data.citation.slice(1)) expect(cited).not.toHaveProperty('url')
})

test('D12: the page of an essay is an article with its author; the front page is the show', () => {
  expect(
    dataOf(renderPage({ snapshot: essay, revision: factsOf(essay, { path: '/essays/on-switching-off/' }) }, site)),
  ).toMatchObject({
    '@type': 'NewsArticle',
    headline: 'On Switching Off',
    author: [{ '@type': 'Person', name: '@ines', jobTitle: 'Night editor' }],
    citation: [{ name: 'Coast Board' }, { name: 'A letter' }],
  })
  expect(dataOf(renderHome([], site))).toMatchObject({ '@type': 'PodcastSeries', name: 'Lantern Radio' })
})

test('a draft and a revision of the past speak for nobody', () => {
  expect(dataOf(renderPage({ snapshot: lighthouse, revision: null }, site))).toBeNull()
  expect(dataOf(renderRevisionPage({ snapshot: lighthouse, revision: corrected }, site))).toBeNull()
})

test('R1: no words end the element that the data stands in, and they are read back as written', () => {
  const title = '</script><script>alert(1)</script><!-- "\\'
  const hostile = renderPage({ snapshot: { ...lighthouse, title }, revision: corrected }, site)
  expect(dataOf(hostile).name).toBe(title)
  expect(/ld\+json">(.*?)</s.exec(hostile)?.[1]).toMatch(/^\{.*\}$/s)
})

test('D12: a page says where the feeds are, when it was published and what it is about', () => {
  expect(page).toContain('<link rel="alternate" type="application/rss+xml" title="Lantern Radio" href="/feed.xml">')
  expect(page).toContain('<link rel="alternate" type="application/feed+json" title="Lantern Radio" href="/feed.json">')
  expect(page).toContain('<meta property="article:published_time" content="2026-04-12T08:30:00Z">')
  expect(page).toContain('<meta property="article:modified_time" content="2026-05-20T16:00:00Z">')
  expect(page).toContain('<meta property="article:tag" content="Ledgers &#x26; logs">')
})
