import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-csl'
import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { renderAbout } from '@stet/render/about-page'
import { archiveEntry, hostsOf, speakersOf } from '@stet/render/archive-entry'
import { renderChanges } from '@stet/render/changes-page'
import { renderCorrections } from '@stet/render/corrections-page'
import type { PublishedEdition } from '@stet/render/edition'
import type { FormatName } from '@stet/render/file-kinds'
import { renderFormat } from '@stet/render/formats'
import { renderHost, renderSpeaker } from '@stet/render/gathered-pages'
import { renderHome } from '@stet/render/home'
import { renderJsonFeed } from '@stet/render/json-feed'
import { renderPodcastFeed } from '@stet/render/podcast-feed'
import { renderRevisions } from '@stet/render/revisions-page'
import { renderRss } from '@stet/render/rss'
import { searchedText } from '@stet/render/search'
import { renderSearch } from '@stet/render/search-page'
import { renderSitemap } from '@stet/render/sitemap'
import { renderWithdrawn } from '@stet/render/withdrawn'
import { Artwork, shownOf } from '@stet/schema/artwork'
import { Audio, AudioFile, type AudioLink } from '@stet/schema/audio'
import { plainLine } from '@stet/schema/line-breaks'
import type { Published, Site } from '@stet/schema/revision'
import { Snapshot } from '@stet/schema/snapshot'
import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { parseRssFeed } from 'feedsmith'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote'
import { gfmFootnote } from 'micromark-extension-gfm-footnote'
import SrtParser from 'srt-parser-2'
import { describe, expect, test } from 'vitest'
import { WebVTTParser } from 'webvtt-parser'
import entities from 'webvtt-parser/html-entities.json' with { type: 'json' }
import { everyField, oneLine } from './every-field.ts'
import { isHarmless, readPage, readPart } from './harmless-html.ts'
import { PAYLOADS } from './payloads.ts'
import { URL_TRICKS } from './url-tricks.ts'

/** Texts beside the corpus for each promise; `npm run hostile` takes 12,000, over 100,000 in all. */
const runs = Number(process.env['STET_HOSTILE'] ?? 30)
const timeout = 60_000 + runs * 100

/** One payload, wherever a person can write, in what is published and in what is said of it. */
type Everywhere = {
  readonly editions: readonly PublishedEdition[]
  readonly site: Site
  readonly payload: string
}

/** What a recording is called where it came from. */
const recordingNamed = (payload: string): Audio =>
  AudioFile.parse({
    kind: 'file',
    sha256: 'a'.repeat(64),
    type: 'audio/mpeg',
    bytes: 7,
    seconds: 9,
    name: oneLine(payload, 200),
  })

const linkTo = (url: string): AudioLink => ({ kind: 'link', url, type: 'audio/mpeg', bytes: null, seconds: null })

const ELSEWHERE = 'https://cdn.example/a.mp3?of='

/** A recording elsewhere: what an address may hold as it is, and else escaped as browsers escape it. */
const recordingAt = (payload: string): Audio => {
  const [plain, escaped] = [payload, encodeURIComponent(payload.toWellFormed())].map((part) => {
    const url = `${ELSEWHERE}${part}`
    return Audio.safeParse(linkTo(url.slice(0, 2_000))).data
  })
  const audio = plain ?? escaped
  if (audio === undefined) throw new Error('an address that is escaped is an address')
  return audio
}

const everywhere = (payload: string, url = payload): Everywhere => {
  const site: Site = {
    name: oneLine(payload, 120) || 'x',
    url: 'https://show.example',
    description: payload,
    licence: oneLine(payload, 200),
    aiNote: payload,
    artwork: shownOf(artworkOf(payload)),
    podcast: { category: oneLine(payload, 80) || 'News', isExplicit: false },
  }
  const said = payload.trim() === '' ? 'Nothing is seen here.' : payload
  const editions = (['dispatch', 'essay'] as const).map((kind, index): PublishedEdition => {
    const id = `HostileDispatch000000${index}`
    const snapshot = Snapshot.parse({
      layout: 1,
      id,
      ...everyField(kind, payload, url),
      number: kind === 'dispatch' ? 8 : null,
      audio: kind === 'dispatch' ? recordingNamed(payload) : recordingAt(payload),
    })
    const revision: Published = {
      dispatch: snapshot.id,
      revision: 2,
      sha256: '0'.repeat(64),
      publishedAt: '2026-02-02T10:00:00.000Z',
      publishedBy: payload,
      path: kind === 'dispatch' ? '/dispatches/008/' : '/essays/hostile/',
      title: snapshot.title,
      correction: { wrong: said, stands: said },
      earlier: [{ revision: 1, publishedAt: '2026-02-01T10:00:00.000Z', correction: null }],
    }
    return { snapshot, revision }
  })
  return { editions, site, payload }
}

/** Its file came under that name, which no reader is told: `tests/e2e/show.spec.ts` reads it where people are. */
const artworkOf = (payload: string): Artwork =>
  Artwork.parse({
    sha256: 'a'.repeat(64),
    type: 'image/png',
    pixels: 3_000,
    small: 'b'.repeat(64),
    bytes: 9,
    name: oneLine(payload, 200),
  })

/** The dispatch with a recording, whose name came from a person too. */
const heard = (all: Everywhere): PublishedEdition => {
  const { snapshot, revision } = dispatchOf(all)
  const name = oneLine(all.payload, 200)
  const audio = { kind: 'file', sha256: 'c'.repeat(64), type: 'audio/mpeg', bytes: 9, seconds: 9, name } as const
  return { snapshot: { ...snapshot, audio }, revision }
}

const text = (edition: PublishedEdition, site: Site, format: FormatName): string => {
  const bytes = renderFormat(format, edition, site)
  if (bytes === null) throw new Error(`it has no ${format}`)
  return new TextDecoder().decode(bytes)
}

const summaryOf = ({ snapshot, revision }: PublishedEdition) => ({ snapshot, facts: revision })
const entriesOf = (editions: readonly PublishedEdition[]) => editions.map((edition) => archiveEntry(summaryOf(edition)))

const pagesOf = ({ editions, site, payload }: Everywhere): string[] => [
  ...editions.flatMap((edition) => {
    const { snapshot, revision } = edition
    const before = {
      ...revision,
      revision: 1,
      correction: null,
      earlier: [],
      snapshot: { ...snapshot, title: 'Before', body: [] },
    }
    return [
      text(edition, site, 'html'),
      renderRevisions([{ ...revision, revision: 1, correction: null }, revision], site),
      renderChanges(before, { ...revision, snapshot }, site),
      renderWithdrawn(revision, { reason: payload.trim() || '-', at: revision.publishedAt, by: payload }, site),
    ]
  }),
  renderHome(entriesOf(editions), site),
  renderAbout(entriesOf(editions), site),
  ...speakersOf(entriesOf(editions)).map((speaker) => renderSpeaker(speaker, site)),
  ...hostsOf(entriesOf(editions)).map((host) => renderHost(host, site)),
  renderSearch(
    payload,
    editions.map((edition) => searchedText(summaryOf(edition))),
    site,
  ),
  renderCorrections(
    editions.map(({ revision }) => revision),
    editions.map(({ revision }) => ({
      revision,
      withdrawal: { reason: payload.trim() || '-', at: revision.publishedAt, by: payload },
    })),
    site,
  ),
]

/** Letters that are seen, with one space where there is any: what is left of a text in every output. */
const seen = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s\ufffd\ufffe\uffff]+/gu, ' ')
    .trim()

const dispatchOf = ({ editions }: Everywhere) => editions[0] as PublishedEdition

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PAYLOADS), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom(...PAYLOADS), fc.string({ unit: 'grapheme', maxLength: 9 }), fc.nat(40))
    .map(([payload, inserted, at]) => payload.slice(0, at) + inserted + payload.slice(at)),
)

/** `check` for each payload of the corpus, and for what is put together from them and from any letters. */
const whatever = (check: (all: Everywhere) => void) => {
  for (const payload of PAYLOADS) check(everywhere(payload))
  fc.assert(
    fc.property(anything, (payload) => {
      fc.pre(payload.isWellFormed() && payload !== '')
      check(everywhere(payload))
    }),
    { numRuns: runs },
  )
}

test('Z1: the corpus has at least 300 payloads and 60 addresses, each once', () => {
  expect(new Set(PAYLOADS).size).toBe(PAYLOADS.length)
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(300)
  expect(new Set(URL_TRICKS).size).toBeGreaterThanOrEqual(60)
})

describe('Z1: whatever is written, wherever', { timeout }, () => {
  test('pages have no element, attribute or address that ours have not, every word is shown, and machines are told what it is', () => {
    whatever((all) => {
      for (const [nth, html] of pagesOf(all).entries()) {
        const { harms, words, data } = readPage(html)
        expect(harms).toEqual([])
        for (const one of data) expect(JSON.parse(one)).toMatchObject({ '@context': 'https://schema.org' })
        // The first is that of the dispatch.
        if (nth === 0) expect(JSON.parse(data[0] ?? '')).toMatchObject({ '@type': 'PodcastEpisode' })
        if (seen(all.payload) !== '') expect(seen(words)).toContain(seen(oneLine(all.payload, 80)).split(' ')[0])
      }
    })
  })

  test('RSS is well formed, with one item for each, and what it holds is as harmless as the page', () => {
    whatever((all) => {
      const channel = childrenOf(parseXml(renderRss(all.editions, all.site)).root).find(({ name }) => name === 'channel')
      const items = childrenOf(channel).filter(({ name }) => name === 'item')
      expect(items).toHaveLength(2)
      for (const item of items)
        expect(readPart(childrenOf(item).find(({ name }) => name === 'content:encoded')?.text ?? '').harms).toEqual([])
      parseXml(renderSitemap(entriesOf(all.editions), all.site))
    })
  })

  test('Z20: the podcast is well formed, with one episode for each recording, and each is found where it is', () => {
    whatever((all) => {
      const channel = childrenOf(parseXml(renderPodcastFeed(all.editions, all.site)).root).find(({ name }) => name === 'channel')
      const items = childrenOf(channel).filter(({ name }) => name === 'item')
      expect(items).toHaveLength(2)
      const told = items.map((item) => {
        const [enclosure, ...more] = childrenOf(item).filter(({ name }) => name === 'enclosure')
        expect([more, Object.keys(enclosure?.attributes ?? {}), enclosure?.children]).toEqual([[], ['url', 'length', 'type'], []])
        const people = childrenOf(item).filter(({ name }) => name === 'podcast:person')
        expect(new Set(people.map(({ attributes }) => Object.keys(attributes).join()))).toEqual(new Set(['role']))
        for (const { attributes, children } of childrenOf(item).filter(({ name }) => name.startsWith('podcast:')))
          expect([children.some((child) => child instanceof XmlElement), attributes['url'] ?? '/']).toSatisfy(
            ([holdsMore, url]) => !holdsMore && isHarmless(url as string),
          )
        return enclosure?.attributes['url']
      })
      expect(told.every((url) => url !== undefined && isHarmless(url))).toBe(true)
      expect(told).toEqual([`https://show.example/audio/${'a'.repeat(64)}.mp3`, expect.stringContaining(ELSEWHERE)])
      const title = childrenOf(items[0]).find(({ name }) => name === 'title')
      if (seen(all.payload) !== '') expect(seen(title?.text ?? '')).toContain(seen(oneLine(all.payload, 80)).split(' ')[0])
    })
  })

  test('Z10: the podcast, read by two foreign readers, has one episode with its own files and the artwork, and every word as it was written', () => {
    whatever((all) => {
      const xml = renderPodcastFeed([heard(all)], all.site)
      const channel = childrenOf(parseXml(xml).root).find(({ name }) => name === 'channel')
      const items = childrenOf(channel).filter(({ name }) => name === 'item')
      expect(items).toHaveLength(1)
      expect(new Set(childrenOf(channel).map(({ name }) => name))).toEqual(CHANNEL)
      for (const element of [...childrenOf(channel), ...childrenOf(items[0]), ...childrenOf(imageIn(channel))])
        for (const address of [element.attributes['href'], element.attributes['url']])
          if (address !== undefined) expect(address).toMatch(/^https:\/\/show\.example\/[\w./-]+$/)
      // XML has no controls, so these are not in it.
      const letters = (text = '') => seen(text).replaceAll(' ', '')
      expect(letters(childrenOf(channel).find(({ name }) => name === 'title')?.text)).toBe(letters(all.site.name))
      const read = parseRssFeed(xml)
      expect(read).toMatchObject({
        itunes: { image: `https://show.example/artwork/${'a'.repeat(64)}.png`, explicit: false },
        items: [{ enclosures: [{ url: `https://show.example/audio/${'c'.repeat(64)}.mp3`, length: 9, type: 'audio/mpeg' }] }],
      })
    })
  })

  test('JSON Feed has one item for each, and what it holds is as harmless as the page', () => {
    whatever((all) => {
      const { items } = JSON.parse(renderJsonFeed(all.editions, all.site))
      expect(items).toHaveLength(2)
      for (const { content_html, url, attachments } of items) {
        expect(readPart(content_html).harms).toEqual([])
        expect(attachments).toHaveLength(1)
        expect(isHarmless(attachments[0].url)).toBe(true)
        expect(isHarmless(url)).toBe(true)
      }
    })
  })

  test('WebVTT and SubRip have what two people said, and no cue of a payload’s making', () => {
    whatever((all) => {
      const edition = dispatchOf(all)
      const vtt = new WebVTTParser(entities).parse(text(edition, all.site, 'vtt'))
      expect(vtt.errors).toEqual([])
      expect(new Set(vtt.cues.map(({ id }) => id.split('-')[1])).size).toBe(turnsOf(edition.snapshot))
      const srt = new SrtParser().fromSrt(text(edition, all.site, 'srt'))
      expect(srt.map(({ id }) => id)).toEqual(srt.map((_, index) => String(index + 1)))
      const starts = srt.map(({ startSeconds }) => startSeconds)
      expect(starts).toEqual(starts.toSorted((a, b) => a - b))
      expect(JSON.parse(text(edition, all.site, 'transcript')).segments).toHaveLength(turnsOf(edition.snapshot))
    })
  })

  test('Markdown read again has no markup of HTML, no picture, and no link but harmless ones', () => {
    whatever((all) => {
      for (const edition of all.editions) {
        const markdown = text(edition, all.site, 'md').replace(/^---\n[\s\S]*?\n---\n/, '')
        const visit = (node: { type: string; url?: string; children?: unknown[] }) => {
          expect(['html', 'image', 'imageReference', 'linkReference', 'definition']).not.toContain(node.type)
          if (node.type === 'link') expect(node.url).toSatisfy(isHarmless)
          for (const child of node.children ?? []) visit(child as typeof node)
        }
        visit(fromMarkdown(markdown, { extensions: [gfmFootnote()], mdastExtensions: [gfmFootnoteFromMarkdown()] }))
      }
    })
  })

  test('a table has one row a source, and no cell that a spreadsheet reckons', () => {
    whatever((all) => {
      const rows: string[][] = parseCsv(text(dispatchOf(all), all.site, 'csv'), { bom: true })
      expect(rows).toHaveLength(2)
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
    })
  })

  test('bibliographies have one entry a source', () => {
    whatever((all) => {
      const edition = dispatchOf(all)
      const csl = JSON.parse(text(edition, all.site, 'csl'))
      expect(csl).toHaveLength(1)
      if (csl[0].URL !== undefined) expect(csl[0].URL).toSatisfy(isHarmless)
      expect(new Cite(text(edition, all.site, 'bib')).data).toHaveLength(1)
    })
  })

  test('JSON is the snapshot, and chapters are the chapters', () => {
    whatever((all) => {
      const edition = dispatchOf(all)
      expect(JSON.parse(text(edition, all.site, 'json'))).toMatchObject({ title: edition.snapshot.title })
      const bytes = renderFormat('chapters', edition, all.site)
      if (bytes !== null) expect(JSON.parse(new TextDecoder().decode(bytes)).chapters).toHaveLength(1)
    })
  })
})

test('Z2: no address that tricks becomes a link, on a page, in a feed, in Markdown or in a bibliography', () => {
  for (const url of URL_TRICKS) {
    const all = everywhere('The lamp was out.', url)
    const hrefs = (html: string) => [...html.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(([, href = '']) => href)
    const outside = (href: string) =>
      /^[a-z]+:|^\/\//i.test(href) && !href.startsWith('https://show.example/') && !href.startsWith(ELSEWHERE)
    for (const html of pagesOf(all)) {
      expect(readPage(html).harms, url).toEqual([])
      expect(hrefs(html).filter(outside), url).toEqual([])
      expect(readPage(html).words).not.toMatch(/\p{Bidi_Control}/u)
    }
    for (const edition of all.editions)
      expect(text(edition, all.site, 'md'), url).not.toMatch(/\]\((?!https:\/\/show\.example|#)/)
    expect(JSON.parse(text(dispatchOf(all), all.site, 'csl'))[0].URL, url).toBeUndefined()
    expect(text(dispatchOf(all), all.site, 'bib'), url).not.toMatch(/^\s*url\s*=/m)
  }
})

test('Z20: no address that tricks is one of a recording', () => {
  for (const url of URL_TRICKS) expect([url, Audio.safeParse(linkTo(url)).success]).toEqual([url, false])
})

/** All that the channel of a podcast has, where everything is said of the show. */
const CHANNEL = new Set([
  'title',
  'link',
  'atom:link',
  'description',
  'language',
  'copyright',
  'podcast:license',
  'podcast:txt',
  'itunes:author',
  'itunes:type',
  'itunes:category',
  'itunes:explicit',
  'itunes:image',
  'image',
  'podcast:guid',
  'podcast:medium',
  'item',
])

const imageIn = (channel: XmlElement | undefined) => childrenOf(channel).find(({ name }) => name === 'image')

const turnsOf = ({ body }: Snapshot): number =>
  body.filter(
    ({ kind, content }) =>
      kind === 'turn' &&
      plainLine(content.map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`)).join('')) !== '',
  ).length

const childrenOf = (element: XmlElement | null | undefined): XmlElement[] =>
  (element?.children ?? []).filter((child) => child instanceof XmlElement)
