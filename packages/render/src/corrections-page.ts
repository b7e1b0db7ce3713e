import type { RevisionFacts, Site } from '@stet/schema/revision'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { apart, renderFrame } from './chrome.ts'
import { correctionElement, dayElement } from './corrections.ts'
import { CORRECTIONS_PATH, changesPath } from './revision-paths.ts'

/** Everything that the show ever put right, in the order given. */
export const renderCorrections = (corrected: readonly RevisionFacts[], site: Site): string =>
  renderFrame(
    {
      title: 'Corrections',
      description: `What ${site.name} put right, and when.`,
      language: 'en',
      path: CORRECTIONS_PATH,
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home'] },
        apart([
          h('h1', 'Corrections'),
          ...(corrected.length === 0
            ? [h('p', { className: ['empty'] }, 'Nothing has been corrected yet.')]
            : [h('ol', { className: ['revisions'] }, apart(corrected.map(correctedElement)))]),
        ]),
      ),
    },
    site,
  )

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
