import type { RevisionFacts, Site } from '@stet/schema/revision'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { apart, renderFrame } from './chrome.ts'
import { correctionElement, dayElement } from './corrections.ts'
import { changesPath, revisionPath, revisionsPath } from './revision-paths.ts'

/** Every revision of one dispatch, newest first, with its date, its note and what it changed. `revisions` are oldest first. */
export const renderRevisions = (revisions: readonly RevisionFacts[], site: Site): string => {
  const newest = revisions.at(-1)
  if (newest === undefined) throw new Error('what is not published has no page of its revisions')
  const title = newest.title === '' ? 'Untitled' : newest.title
  return renderFrame(
    {
      title: `Revisions of ${title}`,
      description: `Every revision of ${title}, with what was corrected.`,
      language: 'en',
      path: revisionsPath(newest.path),
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home'] },
        apart([
          h('p', { className: ['designation'] }, '◆ Revisions'),
          h('h1', h('a', { href: newest.path }, title)),
          h('ol', { className: ['revisions'], reversed: true }, apart(revisions.toReversed().map(revisionElement))),
        ]),
      ),
    },
    site,
  )
}

const revisionElement = ({ path, revision, publishedAt, correction }: RevisionFacts): Element =>
  h('li', [
    h(
      'article',
      apart([
        h('h2', [h('a', { href: revisionPath(path, revision) }, `Revision ${revision}`), ', ', dayElement(publishedAt)]),
        ...(revision === 1
          ? [h('p', 'First published.')]
          : [correction === null ? h('p', 'Updated.') : correctionElement(correction)]),
        ...(revision === 1
          ? []
          : [h('p', h('a', { href: changesPath(path, revision) }, `What changed from revision ${revision - 1} to ${revision}`))]),
      ]),
    ),
  ])
