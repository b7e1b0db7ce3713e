import type { Element } from 'hast'
import { h } from 'hastscript'
import type { ArchiveEntry } from './archive-entry.ts'
import { formatDay } from './calendar-day.ts'
import { apart } from './chrome.ts'

/** One dispatch or essay in a list, with what it is about; `more` stands below. */
export const entryElement = (entry: ArchiveEntry, more: readonly Element[] = []): Element =>
  h(
    'li',
    h(
      'article',
      apart([
        h('p', { className: ['designation'] }, [`${entry.designation} · `, dateElement(entry)]),
        h('h3', h('a', { href: entry.path }, entry.title)),
        ...(entry.byline === '' ? [] : [h('p', { className: ['byline'] }, `by ${entry.byline}`)]),
        ...(entry.blurb === '' ? [] : [h('p', { className: ['summary'] }, entry.blurb)]),
        ...more,
      ]),
    ),
  )

/** One line of an archive. */
export const entryLine = (entry: ArchiveEntry): Element =>
  h('li', [h('a', { href: entry.path }, entry.title), ' ', h('span', [`${entry.designation} · `, dateElement(entry)])])

const dateElement = ({ date }: ArchiveEntry): Element => h('time', { dateTime: date }, formatDay(date))

export const shelfElement = (title: string, entries: readonly Element[]): Element =>
  h('section', { className: ['shelf'] }, apart([h('h2', title), h('ol', { reversed: true }, apart(entries))]))
