import type { Site } from '@stet/schema/revision'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { type ArchiveEntry, hostsOf, speakersOf } from './archive-entry.ts'
import { artworkElements } from './artwork.ts'
import { apart, renderFrame } from './chrome.ts'
import { countOf } from './count-words.ts'
import { JSON_FEED_PATH, RSS_PATH } from './feed-paths.ts'
import { textNodes } from './inline-elements.ts'
import { CORRECTIONS_PATH } from './revision-paths.ts'
import { ABOUT_PATH, hostPath, speakerPath } from './site-paths.ts'

/** The rest have their pages all the same, from the sources that name them. */
const MOST_HOSTS = 40

/** What the show is, who speaks in it, what it rests on, and how it puts things right. */
export const renderAbout = (entries: readonly ArchiveEntry[], site: Site): string => {
  const speakers = speakersOf(entries).map((each) => ({
    name: each.name,
    path: speakerPath(each.slug),
    count: each.entries.length,
  }))
  const hosts = hostsOf(entries).map((each) => ({ name: each.host, path: hostPath(each.host), count: each.entries.length }))
  return renderFrame(
    {
      title: 'About',
      description: `What ${site.name} is, who speaks in it and what it rests on.`,
      language: 'en',
      path: ABOUT_PATH,
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home', 'about'] },
        apart([
          ...artworkElements(site),
          h('h1', `About ${site.name}`),
          ...(site.description === undefined ? [] : [h('p', textNodes(site.description))]),
          h('p', publishedWords(entries)),
          h('p', [
            'Every claim that rests on a source bears its number, and the source stands with it. What was wrong is put right in view: ',
            h('a', { href: CORRECTIONS_PATH }, 'all corrections'),
            ' stand together, and each dispatch keeps its earlier revisions.',
          ]),
          h('p', [
            'New dispatches come by ',
            h('a', { href: RSS_PATH }, 'RSS'),
            ' and ',
            h('a', { href: JSON_FEED_PATH }, 'JSON Feed'),
            '.',
          ]),
          ...noteElements('Licence', site.licence),
          ...noteElements('Use of AI', site.aiNote),
          ...listElements('Who speaks', speakers),
          ...listElements('What is cited most', hosts.slice(0, MOST_HOSTS)),
        ]),
      ),
    },
    site,
  )
}

const noteElements = (title: string, words: string | undefined): Element[] =>
  words === undefined ? [] : [h('section', { className: ['shelf'] }, [h('h2', title), h('p', textNodes(words))])]

const publishedWords = (entries: readonly ArchiveEntry[]): string =>
  entries.length === 0 ? 'Nothing is published yet.' : `Published so far: ${countOf(entries)}.`

type Line = { readonly name: string; readonly path: string; readonly count: number }

const listElements = (title: string, lines: readonly Line[]): Element[] =>
  lines.length === 0
    ? []
    : [
        h('section', { className: ['shelf'] }, [
          h('h2', title),
          h(
            'ul',
            { className: ['counted'] },
            apart(lines.map(({ name, path, count }) => h('li', [h('a', { href: path }, name), ' ', h('span', String(count))]))),
          ),
        ]),
      ]
