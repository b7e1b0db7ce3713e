import type { RevisionFacts, Site } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { formatDay } from './calendar-day.ts'
import { apart, renderFrame } from './chrome.ts'
import { bylineOf, descriptionOf, designationOf } from './masthead.ts'
import { seriesData } from './structured-data.ts'

/** The newest revision of one dispatch or essay. */
export type RevisionSummary = { readonly facts: RevisionFacts; readonly snapshot: Snapshot }

/** The show's front page: what is published, the newest first. */
export const renderHome = (revisions: readonly RevisionSummary[], site: Site): string => {
  const newestFirst = [...revisions].sort((a, b) => compare(orderOf(b), orderOf(a)))
  const dispatches = newestFirst.filter(({ snapshot }) => snapshot.kind === 'dispatch')
  const essays = newestFirst.filter(({ snapshot }) => snapshot.kind === 'essay')
  const lists = [...listElements('Dispatches', dispatches), ...listElements('Essays', essays)]
  const main = h(
    'main',
    { id: 'main', className: ['home'] },
    apart([h('h1', site.name), ...(lists.length > 0 ? lists : [emptyElement()])]),
  )
  return renderFrame(
    {
      title: site.name,
      description: `Dispatches and essays from ${site.name}.`,
      language: 'en',
      path: '/',
      kind: 'website',
      data: seriesData(site),
      main,
    },
    site,
  )
}

/** The day it tells of, else the day it was published; then the number, and the path so that no two are equal. */
const orderOf = ({ facts, snapshot }: RevisionSummary): string =>
  [snapshot.date ?? facts.publishedAt.slice(0, 10), String(snapshot.number ?? 0).padStart(6, '0'), facts.path].join(' ')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const listElements = (title: string, revisions: readonly RevisionSummary[]): Element[] =>
  revisions.length === 0
    ? []
    : [
        h(
          'section',
          { className: ['shelf'] },
          apart([h('h2', title), h('ol', { reversed: true }, apart(revisions.map(entryElement)))]),
        ),
      ]

const entryElement = ({ facts, snapshot }: RevisionSummary): Element => {
  const date = snapshot.date ?? facts.publishedAt.slice(0, 10)
  const byline = bylineOf(snapshot)
  const blurb = descriptionOf(snapshot)
  return h('li', [
    h(
      'article',
      apart([
        h('p', { className: ['designation'] }, [`${designationOf(snapshot)} · `, h('time', { dateTime: date }, formatDay(date))]),
        h('h3', h('a', { href: facts.path }, snapshot.title === '' ? 'Untitled' : snapshot.title)),
        ...(byline === '' ? [] : [h('p', { className: ['byline'] }, `by ${byline}`)]),
        ...(blurb === '' ? [] : [h('p', { className: ['summary'] }, blurb)]),
      ]),
    ),
  ])
}

const emptyElement = (): Element =>
  h('p', { className: ['empty'] }, 'Nothing is published yet. The first dispatch will stand here as soon as it is.')
