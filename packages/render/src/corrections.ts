import type { Correction, EarlierRevision, Published } from '@stet/schema/revision'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { formatDay } from './calendar-day.ts'
import { apart } from './chrome.ts'
import { textNodes } from './inline-elements.ts'
import { changesPath, revisionsPath } from './revision-paths.ts'

export const CORRECTIONS_ANCHOR = 'corrections'

export const dayElement = (at: string): Element => h('time', { dateTime: at }, formatDay(at))

/** What was wrong and what stands now, in that order. */
export const correctionElement = ({ wrong, stands }: Correction): Element =>
  h('dl', { className: ['correction'] }, [
    h('div', [h('dt', 'What was wrong'), h('dd', textNodes(wrong))]),
    h('div', [h('dt', 'What stands now'), h('dd', textNodes(stands))]),
  ])

/** Of a revision after the first: on which day it was corrected or updated. Nothing of the first. */
export const correctedOn = (published: Published | null): Element[] => {
  if (published === null || published.revision === 1) return []
  const corrected = correctionsOf(published)[0]
  return corrected === undefined
    ? [h('p', { className: ['corrected-on'] }, ['Updated ', dayElement(published.publishedAt)])]
    : [
        h('p', { className: ['corrected-on'] }, [
          h('a', { href: `#${CORRECTIONS_ANCHOR}` }, ['Corrected ', dayElement(corrected.publishedAt)]),
        ]),
      ]
}

/** All that was ever put right, newest first, at the end of the page; nothing where nothing was. */
export const correctionsElements = (published: Published | null): Element[] => {
  if (published === null) return []
  const corrections = correctionsOf(published)
  if (corrections.length === 0) return []
  return [
    h(
      'section',
      { className: ['corrections'] },
      apart([
        h('h2', { id: CORRECTIONS_ANCHOR }, 'Corrections'),
        ...corrections.map(({ revision, publishedAt, correction }) =>
          h('article', { className: ['corrected'] }, [
            h('h3', ['Revision ', String(revision), ', ', dayElement(publishedAt)]),
            correctionElement(correction),
            h('p', h('a', { href: changesPath(published.path, revision) }, `What changed in revision ${revision}`)),
          ]),
        ),
        h('p', h('a', { href: revisionsPath(published.path) }, 'All revisions')),
      ]),
    ),
  ]
}

export type Corrected = EarlierRevision & { readonly correction: Correction }

/** Newest first. */
export const correctionsOf = (published: Published): Corrected[] =>
  [published, ...published.earlier.toReversed()].filter((each): each is Published & Corrected => each.correction !== null)
