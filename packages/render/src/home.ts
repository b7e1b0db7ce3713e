import type { Site } from '@stet/schema/revision'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { archiveElements } from './archive-elements.ts'
import { type ArchiveEntry, newestFirst } from './archive-entry.ts'
import { artworkElements } from './artwork.ts'
import { apart, renderFrame } from './chrome.ts'
import { entryElement, shelfElement } from './entry-elements.ts'
import { textNodes } from './inline-elements.ts'
import { searchForm } from './search-form.ts'
import { showLine } from './show-words.ts'
import { seriesData } from './structured-data.ts'

/** How many dispatches are told of at length; older ones are a line each, when there are so many that it helps. */
const MOST_AT_LENGTH = 12

/** The show's front page: what is published, the newest first. */
export const renderHome = (entries: readonly ArchiveEntry[], site: Site): string => {
  const sorted = newestFirst(entries)
  const dispatches = sorted.filter(({ kind }) => kind === 'dispatch')
  const essays = sorted.filter(({ kind }) => kind === 'essay')
  const isMany = dispatches.length > 2 * MOST_AT_LENGTH
  const atLength = isMany ? dispatches.slice(0, MOST_AT_LENGTH) : dispatches
  const lists = [
    ...listElements('Dispatches', atLength),
    ...listElements('Essays', essays),
    ...archiveElements(dispatches.slice(atLength.length)),
  ]
  const main = h(
    'main',
    { id: 'main', className: ['home'] },
    apart([
      ...artworkElements(site),
      h('h1', site.name),
      ...(site.description === undefined ? [] : [h('p', { className: ['summary'] }, textNodes(site.description))]),
      ...(isMany ? [searchForm(), ...lists] : lists.length > 0 ? [...lists, searchForm()] : [emptyElement()]),
    ]),
  )
  return renderFrame(
    {
      title: site.name,
      description: showLine(site),
      language: site.language ?? 'en',
      path: '/',
      kind: 'website',
      data: seriesData(site),
      main,
    },
    site,
  )
}

const listElements = (title: string, entries: readonly ArchiveEntry[]): Element[] =>
  entries.length === 0
    ? []
    : [
        shelfElement(
          title,
          entries.map((entry) => entryElement(entry)),
        ),
      ]

const emptyElement = (): Element =>
  h('p', { className: ['empty'] }, 'Nothing is published yet. The first dispatch will stand here as soon as it is.')
