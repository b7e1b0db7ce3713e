import type { Published, Site } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import { spokenText } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import { anchorsOf } from './anchors.ts'
import { voicesOf } from './archive-entry.ts'
import { bodyElements } from './body-elements.ts'
import { formatDay } from './calendar-day.ts'
import { apart, renderFrame, type StructuredData } from './chrome.ts'
import { clockElement } from './clock-element.ts'
import { CORRECTIONS_ANCHOR, correctedOn, correctionsElements, correctionsOf, dayElement } from './corrections.ts'
import type { Edition, PublishedEdition } from './edition.ts'
import { filesLine } from './files-line.ts'
import { findElements } from './find-elements.ts'
import { firstPublishedAt } from './first-published.ts'
import { textNodes } from './inline-elements.ts'
import { bylineOf, descriptionOf, designationOf } from './masthead.ts'
import { noteElement } from './notes.ts'
import { pageScript } from './page-script.ts'
import { playerElements } from './player-element.ts'
import { type Printed, printOnce } from './printed.ts'
import { openingNote, type Reference } from './references.ts'
import { revisionsPath } from './revision-paths.ts'
import { speakerPath } from './site-paths.ts'
import { picturePath } from './social-picture.ts'
import { type SourceAside, sourceElements } from './source-elements.ts'
import { structuredData } from './structured-data.ts'

/** The whole page of a dispatch or an essay. It is whole without its script. */
export const renderPage = (edition: Edition, site: Site): string => {
  const { snapshot, revision } = edition
  return pageOf(edition, site, {
    notices: [],
    files: filesLine(edition),
    data: revision === null ? null : structuredData(snapshot, revision, site),
  })
}

/** One revision at the address that is its own for ever: the same page, which says that another may stand by now. */
export const renderRevisionPage = (edition: PublishedEdition, site: Site): string => {
  const { path, revision, publishedAt } = edition.revision
  const notice = h('p', { className: ['of-its-time'] }, [
    `This is revision ${revision}, as it was published on `,
    dayElement(publishedAt),
    '. ',
    h('a', { href: path }, 'Read what stands now'),
    ', or see ',
    h('a', { href: revisionsPath(path) }, 'all revisions'),
    '.',
  ])
  // What stands now speaks for the dispatch to machines.
  return pageOf(edition, site, { notices: [notice], files: [], data: null })
}

type PageParts = {
  /** Above the title. */
  readonly notices: readonly Element[]
  readonly files: readonly Element[]
  readonly data: StructuredData | null
}

const pageOf = ({ snapshot, revision }: Edition, site: Site, { notices, files, data }: PageParts): string => {
  const title = snapshot.title === '' ? 'Untitled' : snapshot.title
  const main = h(
    'main',
    { id: 'main', className: ['page', snapshot.kind] },
    apart([
      headerElement(snapshot, title, revision, notices),
      ...besideElements(snapshot, revision),
      ...bodyOf(snapshot),
      ...correctionsElements(revision),
      ...files,
    ]),
  )
  return renderFrame(
    {
      title: `${title} · ${designationOf(snapshot)}`,
      description: descriptionOf(snapshot),
      language: snapshot.language,
      path: revision?.path ?? null,
      kind: 'article',
      article:
        revision === null
          ? null
          : { publishedAt: firstPublishedAt(revision), modifiedAt: revision.publishedAt, topics: snapshot.topics },
      picture: revision === null ? null : picturePath(revision.path),
      data,
      main,
      script: pageScript,
      colophon: colophonOf(revision),
    },
    site,
  )
}

/** The transcript and its sources: most of a page, and the same on that of a revision, so they are printed once. */
const bodyOf = (snapshot: Snapshot): readonly Printed[] => {
  const known = bodyBySnapshot.get(snapshot)
  if (known !== undefined) return known
  const body = [withPlayer(scriptElement(snapshot, openingNote), snapshot), ...sourcesElements(snapshot, withNote)]
  const printed = body.map(printOnce)
  bodyBySnapshot.set(snapshot, printed)
  return printed
}

/** A snapshot is a value that nobody changes. */
const bodyBySnapshot = new WeakMap<Snapshot, readonly Printed[]>()

/** At the head of the transcript, so that it stays in view while one reads there. */
const withPlayer = (script: Element, snapshot: Snapshot): Element => ({
  ...script,
  children: [...apart(playerElements(snapshot)), ...script.children],
})

const headerElement = (snapshot: Snapshot, title: string, revision: Published | null, notices: readonly Element[]): Element => {
  const byline = bylineOf(snapshot)
  return h(
    'header',
    { className: ['masthead'] },
    apart([
      ...notices,
      h('p', { className: ['designation'] }, [
        `◆ ${designationOf(snapshot)}`,
        ...dateOf(snapshot, revision),
        ...(revision === null ? [' · Draft'] : []),
      ]),
      h('h1', title),
      ...correctedOn(revision),
      ...(byline === '' ? [] : [h('p', { className: ['byline'] }, `by ${byline}`)]),
      ...voicesElements(snapshot),
      ...quoteElements(snapshot.quote),
      ...summaryElements(snapshot.summary),
      ...topicsElements(snapshot.topics),
    ]),
  )
}

/** Who speaks, each with a link to all else in which they do. */
const voicesElements = (snapshot: Snapshot): Element[] => {
  const links = voicesOf(snapshot).map(({ slug, name }) => h('a', { href: speakerPath(slug) }, name))
  if (links.length === 0) return []
  const listed = links.flatMap((link, nth) => (nth === 0 ? [link] : [nth === links.length - 1 ? ' and ' : ', ', link]))
  return [h('p', { className: ['byline'] }, ['With ', ...listed])]
}

/** An essay bears no date of its own, so it shows the day on which it was published. */
const dateOf = ({ kind, date }: Snapshot, revision: Published | null): ElementContent[] => {
  const day = date ?? (kind === 'essay' ? (revision?.publishedAt.slice(0, 10) ?? null) : null)
  return day === null ? [] : [{ type: 'text', value: ' · ' }, h('time', { dateTime: day }, formatDay(day))]
}

export const quoteElements = (quote: Snapshot['quote']): Element[] => {
  if (quote === null) return []
  const attribution = [quote.name, quote.role].filter((part) => part !== '').join(', ')
  return [
    h('figure', { className: ['pull'] }, [
      h('blockquote', h('p', ['“', ...textNodes(quote.text), '”'])),
      ...(attribution === '' ? [] : [h('figcaption', `— ${attribution}`)]),
    ]),
  ]
}

export const summaryElements = (summary: string): Element[] =>
  summary === '' ? [] : [h('p', { className: ['summary'] }, textNodes(summary))]

const topicsElements = (topics: readonly string[]): Element[] =>
  topics.length === 0
    ? []
    : [
        h(
          'section',
          { className: ['topics'], ariaLabel: 'Topics' },
          h(
            'ul',
            topics.map((topic) => h('li', topic)),
          ),
        ),
      ]

/** What helps one to find a place in the text, beside it where there is room. Nothing where there is nowhere to go. */
const besideElements = (snapshot: Snapshot, revision: Published | null): Element[] => {
  const entries = [...partEntries(snapshot), ...sourcesEntry(snapshot), ...correctionsEntry(snapshot, revision)]
  const contents =
    entries.length === 0 ? [] : [h('nav', { className: ['contents'], ariaLabel: 'Contents' }, h('ol', apart(entries)))]
  const parts = [...contents, ...findElements(snapshot)]
  return parts.length === 0 ? [] : [h('div', { className: ['beside'] }, apart(parts))]
}

const partEntries = (snapshot: Snapshot): Element[] => {
  const anchors = anchorsOf(snapshot.body)
  const timeline = timelineOf(snapshot)
  return snapshot.body.flatMap((block): Element[] => {
    const isPart = block.kind === 'chapter' || (block.kind === 'heading' && block.level === 2)
    if (!isPart || block.content.length === 0) return []
    const timing = timeline.get(block.id)
    return [
      contentsEntry(
        anchors.get(block.id) ?? '',
        timing === undefined ? null : clockElement(timing.start),
        spokenText(block.content),
      ),
    ]
  })
}

const sourcesEntry = ({ kind, sources }: Snapshot): Element[] => {
  const count = sources.length
  return count === 0 ? [] : [countEntry(kind, 'sources', count, count === 1 ? 'Source' : 'Sources')]
}

const correctionsEntry = ({ kind }: Snapshot, revision: Published | null): Element[] => {
  const count = revision === null ? 0 : correctionsOf(revision).length
  return count === 0 ? [] : [countEntry(kind, CORRECTIONS_ANCHOR, count, count === 1 ? 'Correction' : 'Corrections')]
}

/** Beside the times of chapters the count has their column; in an essay it stands in the words. */
const countEntry = (kind: Snapshot['kind'], anchor: string, count: number, noun: string): Element =>
  kind === 'essay' ? contentsEntry(anchor, null, `${count} ${noun}`) : contentsEntry(anchor, h('span', String(count)), noun)

const contentsEntry = (anchor: string, lead: Element | null, title: string): Element =>
  h(
    'li',
    h('a', { href: `#${anchor}` }, [...(lead === null ? [] : [lead, ' ']), h('span', { className: ['contents-title'] }, title)]),
  )

export const scriptElement = (snapshot: Snapshot, reference: Reference): Element => {
  const elements = bodyElements(snapshot, reference)
  // Turns that stand under no chapter need a heading of their own, for those who move by headings.
  const headless = snapshot.kind === 'dispatch' && elements.length > 0 && elements[0]?.tagName !== 'h2'
  return h('article', { className: ['script'] }, apart(headless ? [h('h2', 'Transcript'), ...elements] : elements))
}

const withNote: SourceAside = (source, number) => [noteElement(source, number)]

export const sourcesElements = (snapshot: Snapshot, aside: SourceAside): Element[] =>
  snapshot.sources.length === 0
    ? []
    : [h('section', { className: ['sources'] }, [h('h2', { id: 'sources' }, 'Sources'), sourceElements(snapshot, aside)])]

const colophonOf = (revision: Published | null): ElementContent[] => {
  if (revision === null) return [h('p', 'A draft: not published.')]
  return [
    h('p', [
      h('a', { href: revisionsPath(revision.path) }, `Revision ${revision.revision}`),
      ', published ',
      dayElement(revision.publishedAt),
    ]),
    h('p', ['sha256 ', h('code', { title: revision.sha256 }, `${revision.sha256.slice(0, 12)}…`)]),
  ]
}
