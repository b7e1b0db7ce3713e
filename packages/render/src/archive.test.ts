import type { Snapshot } from '@stet/schema/snapshot'
import { describe, expect, test } from 'vitest'
import { renderAbout } from './about-page.ts'
import { archiveEntry, hostsOf, speakersOf } from './archive-entry.ts'
import { renderHost, renderSpeaker } from './gathered-pages.ts'
import { renderHome } from './home.ts'
import { factsOf, lighthouse, site } from './lighthouse.fixture.ts'
import { hostOf, hostPath, speakerPath, speakerSlug } from './site-paths.ts'
import { renderSitemap } from './sitemap.ts'

const entryOf = (number: number, fields: Partial<Snapshot> = {}) => {
  const snapshot = { ...lighthouse, number, title: `Number ${number}`, ...fields }
  return archiveEntry({ snapshot, facts: factsOf(snapshot, { path: `/dispatches/${String(number).padStart(3, '0')}/` }) })
}
const hrefs = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)

describe('F7: the archive', () => {
  const many = Array.from({ length: 40 }, (_, nth) =>
    entryOf(nth + 1, { date: `${2024 + Math.floor(nth / 20)}-${String((nth % 12) + 1).padStart(2, '0')}-05` }),
  )

  test('tells of few at length, and of the older of many by year and month, each once', () => {
    const html = renderHome(many, site)
    const linked = hrefs(html).filter((href) => href?.startsWith('/dispatches/'))
    expect(linked).toHaveLength(40)
    expect(new Set(linked).size).toBe(40)
    expect(html.match(/<p class="summary">/g)).toHaveLength(12)
    expect([...html.matchAll(/<details( open)?>\s*<summary><h3>(\d+)<\/h3> <span>(\d+)/g)].map(([, ...said]) => said)).toEqual([
      [' open', '2025', '8'],
      [undefined, '2024', '20'],
    ])
    expect(renderHome(many.slice(0, 24), site)).not.toContain('Archive')
  })
})

describe('F7: what stands in many dispatches', () => {
  const coast = lighthouse.sources[0]
  const more: Partial<Snapshot> = {
    speakers: [{ id: 'p1', name: 'INES', color: 1 }, ...lighthouse.speakers.slice(1)],
    sources: coast === undefined ? [] : [{ ...coast, url: 'https://www.coast.example/other', title: 'The third ledger' }],
  }
  const entries = [entryOf(1), entryOf(2, { ...more, date: '2026-05-01' })]

  test('is gathered by speaker, whatever the case of a name, and by host', () => {
    expect(speakersOf(entries).map(({ slug, name, entries: within }) => [slug, name, within.length])).toEqual([
      ['ines', 'INES', 2],
      ['old-tom', 'Old Tom', 2],
    ])
    expect(hostsOf(entries).map(({ host, entries: citing }) => [host, citing.length])).toEqual([['coast.example', 2]])
  })

  test('has a page for each, from which one comes to the dispatch and the very source', () => {
    const [ines] = speakersOf(entries)
    const [host] = hostsOf(entries)
    expect(hrefs(ines === undefined ? '' : renderSpeaker(ines, site))).toEqual(
      expect.arrayContaining(['/dispatches/001/', '/dispatches/002/']),
    )
    expect(hrefs(host === undefined ? '' : renderHost(host, site))).toEqual(
      expect.arrayContaining(['/dispatches/002/#source-1', '/dispatches/001/#source-1']),
    )
    expect(host === undefined ? '' : renderHost(host, site)).toContain('Sources from coast.example stand in 2 dispatches.')
  })

  test('is in the site map and on the page about the show', () => {
    for (const written of [renderSitemap(entries, site), renderAbout(entries, site)])
      for (const path of ['/speakers/ines/', '/speakers/old-tom/', '/sources/coast.example/']) expect(written).toContain(path)
  })

  test('a speaker who says nothing has no page; nor has a source that stands nowhere on the web', () => {
    expect(entryOf(3, { body: lighthouse.body.slice(0, 2) }).speakers).toEqual([{ slug: 'ines', name: 'ines' }])
    expect(hostOf({ url: 'javascript:alert(1)' })).toBeNull()
    expect(hostOf({ url: 'mailto:a@coast.example' })).toBeNull()
    expect(hostOf({ url: 'https://[::1]/log' })).toBeNull()
    expect(hostOf({ url: 'HTTPS://WWW.Coast.example:8080/a' })).toBe('coast.example')
    expect(hostPath('coast.example')).toBe('/sources/coast.example/')
    expect(['Ines', ' ines! ', '...', 'עדה', '../../etc'].map(speakerSlug)).toEqual(['ines', 'ines', null, 'עדה', 'etc'])
    expect(speakerPath('עדה')).toBe('/speakers/%D7%A2%D7%93%D7%94/')
  })
})
