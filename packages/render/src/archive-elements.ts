import type { Element } from 'hast'
import { h } from 'hastscript'
import type { ArchiveEntry } from './archive-entry.ts'
import { monthName } from './calendar-day.ts'
import { apart } from './chrome.ts'
import { entryLine } from './entry-elements.ts'

/** What is older, by year and month, the newest first; only the last year lies open. */
export const archiveElements = (newestFirst: readonly ArchiveEntry[]): Element[] => {
  if (newestFirst.length === 0) return []
  const years = [...Map.groupBy(newestFirst, ({ date }) => date.slice(0, 4))]
  return [
    h(
      'section',
      { className: ['shelf', 'archive'] },
      apart([h('h2', 'Archive'), ...years.map(([year, entries], nth) => yearElement(year, entries, nth === 0))]),
    ),
  ]
}

const yearElement = (year: string, entries: readonly ArchiveEntry[], open: boolean): Element => {
  const months = [...Map.groupBy(entries, ({ date }) => date.slice(5, 7))]
  return h(
    'details',
    { open },
    apart([
      h('summary', [h('h3', year), ' ', h('span', String(entries.length))]),
      ...months.flatMap(([month, within]) => [h('h4', monthName(month)), h('ul', apart(within.map(entryLine)))]),
    ]),
  )
}
