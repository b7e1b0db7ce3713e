import type { RevisionFacts, Site, Withdrawal } from '@stet/schema/revision'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { apart, renderFrame } from './chrome.ts'
import { correctionElement, dayElement } from './corrections.ts'
import { textNodes } from './inline-elements.ts'
import { CORRECTIONS_PATH, changesPath } from './revision-paths.ts'

export type Withdrawn = { readonly revision: RevisionFacts; readonly withdrawal: Withdrawal }

/** Everything that the show ever put right or took back, newest first. */
export const renderCorrections = (corrected: readonly RevisionFacts[], withdrawn: readonly Withdrawn[], site: Site): string => {
  const entries = [
    ...corrected.map((each) => ({ at: each.publishedAt, element: correctedElement(each) })),
    ...withdrawn.map((each) => ({ at: each.withdrawal.at, element: withdrawnElement(each) })),
  ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  return renderFrame(
    {
      title: 'Corrections',
      description: `What ${site.name} put right or took back, and when.`,
      language: 'en',
      path: CORRECTIONS_PATH,
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home'] },
        apart([
          h('h1', 'Corrections'),
          ...(entries.length === 0
            ? [h('p', { className: ['empty'] }, 'Nothing has been corrected yet.')]
            : [h('ol', { className: ['revisions'] }, apart(entries.map(({ element }) => element)))]),
        ]),
      ),
    },
    site,
  )
}

const correctedElement = ({ path, title, revision, publishedAt, correction }: RevisionFacts): Element =>
  h('li', [
    h(
      'article',
      apart([
        h('h2', [h('a', { href: path }, title === '' ? 'Untitled' : title), ', ', dayElement(publishedAt)]),
        ...(correction === null ? [] : [correctionElement(correction)]),
        h('p', h('a', { href: changesPath(path, revision) }, 'What changed')),
      ]),
    ),
  ])

const withdrawnElement = ({ revision: { path, title }, withdrawal: { reason, at } }: Withdrawn): Element =>
  h('li', [
    h(
      'article',
      apart([
        h('h2', [h('a', { href: path }, title === '' ? 'Untitled' : title), ', withdrawn ', dayElement(at)]),
        h('p', { className: ['reason'] }, textNodes(reason)),
      ]),
    ),
  ])
