import type { Audio } from '@stet/schema/audio'
import fc from 'fast-check'
import { parseJsonFeed, parseRssFeed } from 'feedsmith'
import { expect, test } from 'vitest'
import { renderPage } from './html.ts'
import { renderJsonFeed } from './json-feed.ts'
import { essay, factsOf, lighthouse, site } from './lighthouse.fixture.ts'
import { playerScript } from './player-script.ts'
import { renderPodcastFeed } from './podcast-feed.ts'
import { podcastGuid } from './podcast-guid.ts'

const audio: Audio = {
  kind: 'file',
  sha256: 'c'.repeat(64),
  type: 'audio/mpeg',
  bytes: 5_400_000,
  seconds: 372,
  name: 'talk.mp3',
}
const artwork = { sha256: 'a'.repeat(64), type: 'image/jpeg', pixels: 3_000, small: 'b'.repeat(64) } as const
const heard = { snapshot: { ...lighthouse, audio }, revision: factsOf(lighthouse) }
const address = `https://lantern.example/audio/${audio.sha256}.mp3`

test('A9: the podcast is read back by a parser that is not ours', () => {
  const editions = [heard, { snapshot: lighthouse, revision: factsOf(lighthouse) }, { snapshot: essay, revision: factsOf(essay) }]
  const feed = parseRssFeed(
    renderPodcastFeed(editions, { ...site, artwork, podcast: { category: 'History', isExplicit: false } }),
  )
  const image = `https://lantern.example/artwork/${artwork.sha256}.jpg`
  expect(feed).toMatchObject({
    title: 'Lantern Radio',
    link: 'https://lantern.example/',
    language: 'en',
    atom: { links: [{ rel: 'self', href: 'https://lantern.example/podcast.xml' }] },
    image: { url: image, title: 'Lantern Radio', link: 'https://lantern.example/' },
    itunes: { author: 'Lantern Radio', categories: [{ text: 'History' }], explicit: false, image, type: 'episodic' },
    podcast: { guid: podcastGuid('https://lantern.example/podcast.xml'), medium: 'podcast' },
  })
  expect(feed.items).toHaveLength(1)
  const file = (extension: string) => `https://lantern.example/dispatches/014/014.${extension}`
  expect(feed.items?.[0]).toMatchObject({
    title: 'The Light That Was Switched Off Twice',
    link: 'https://lantern.example/dispatches/014/',
    guid: { value: lighthouse.id, isPermaLink: false },
    pubDate: 'Sun, 12 Apr 2026 08:30:00 GMT',
    enclosures: [{ url: address, length: 5_400_000, type: 'audio/mpeg' }],
    itunes: { duration: 372, episode: 14, episodeType: 'full' },
    podcast: {
      transcripts: [
        { url: file('vtt'), type: 'text/vtt', language: 'en' },
        { url: file('srt'), type: 'application/x-subrip', language: 'en' },
        { url: file('transcript.json'), type: 'application/json', language: 'en' },
      ],
      chapters: { url: file('chapters.json'), type: 'application/json+chapters' },
      persons: [
        { display: 'ines', role: 'host' },
        { display: 'Old Tom', role: 'host' },
      ],
    },
  })
})

test('A9: the podcast is known by the UUID that others reckon for its address', () => {
  expect(podcastGuid('https://podnews.net/rss')).toBe('9b024349-ccf0-5f69-a609-6b82873eab3c')
  expect(podcastGuid('http://podnews.net/rss/')).toBe(podcastGuid('https://podnews.net/rss'))
})

test('A9: a recording elsewhere, of which little is known, is an episode too', () => {
  const link: Audio = { kind: 'link', url: 'https://cdn.example/a.mp3?x=1&y=2', type: 'audio/mpeg', bytes: null, seconds: null }
  const feed = parseRssFeed(renderPodcastFeed([{ ...heard, snapshot: { ...lighthouse, audio: link } }], site))
  expect(feed.items?.[0]?.enclosures).toEqual([{ url: link.url, length: 0, type: 'audio/mpeg' }])
  expect(feed.items?.[0]?.itunes?.duration).toBeUndefined()
})

test('A9, R1: whatever stands in its words, the podcast stays what it is', () => {
  const words = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(']]><item>', '"/><x>', '&lt;', '\u0000\uffff'))
  fc.assert(
    fc.property(words, words, (title, name) => {
      const snapshot = { ...heard.snapshot, title, speakers: [{ id: 'p1', name, color: 1 }] }
      const feed = parseRssFeed(renderPodcastFeed([{ ...heard, snapshot }], { ...site, name: `x${name}` }))
      expect(feed.items).toHaveLength(1)
      expect(feed.items?.[0]?.enclosures?.[0]?.url).toBe(address)
    }),
    { numRuns: 200 },
  )
})

test('A9: the JSON feed attaches the recording', () => {
  const feed = parseJsonFeed(JSON.parse(renderJsonFeed([heard], site)))
  expect(feed.items?.[0]?.attachments).toEqual([
    { url: address, mime_type: 'audio/mpeg', size_in_bytes: 5_400_000, duration_in_seconds: 372 },
  ])
})

test('A9: the page tells machines of the recording', () => {
  const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(renderPage(heard, site)) ?? []
  expect(JSON.parse(data)).toMatchObject({
    '@type': 'PodcastEpisode',
    duration: 'PT6M12S',
    associatedMedia: {
      '@type': 'AudioObject',
      contentUrl: address,
      encodingFormat: 'audio/mpeg',
      duration: 'PT6M12S',
      transcript: 'https://lantern.example/dispatches/014/014.vtt',
    },
  })
  expect(JSON.parse(data)).not.toHaveProperty('timeRequired')
})

test('A10: the page plays the recording by the browser alone, and its script stands as it is, so that a hash allows it', () => {
  const page = renderPage(heard, site)
  expect(page).toContain(`<audio controls preload="metadata" src="/audio/${audio.sha256}.mp3"></audio>`)
  expect(page).toContain(`<script type="module">${playerScript}</script>`)
  expect(renderPage({ snapshot: lighthouse, revision: factsOf(lighthouse) }, site)).not.toMatch(/<audio|type="module"/)
})
