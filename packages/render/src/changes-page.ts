import { besideWords, blockName, fieldName, fieldText, sourceDifferences } from '@stet/schema/change-words'
import type { BlockChange, Changes, FieldChange, SourceChange } from '@stet/schema/changes'
import { diffSnapshots } from '@stet/schema/diff-snapshots'
import type { Revision, Site } from '@stet/schema/revision'
import type { Inline, Snapshot } from '@stet/schema/snapshot'
import { toldDiff } from '@stet/schema/told-diff'
import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import { apart, renderFrame } from './chrome.ts'
import { correctionElement, dayElement } from './corrections.ts'
import { textNodes } from './inline-elements.ts'
import { changesPath, revisionPath, revisionsPath } from './revision-paths.ts'

/** What a revision made of the one before it: the old words beside the new, in signs and in words. */
export const renderChanges = (before: Revision, after: Revision, site: Site): string => {
  const title = after.title === '' ? 'Untitled' : after.title
  const { path, revision, publishedAt, correction } = after
  return renderFrame(
    {
      title: `What changed in revision ${revision} of ${title}`,
      description: `The old wording and the new, from revision ${before.revision} to ${revision} of ${title}.`,
      language: 'en',
      path: changesPath(path, revision),
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home', 'changes'] },
        apart([
          h('p', { className: ['designation'] }, [
            '◆ What changed in revision ',
            String(revision),
            ' · ',
            dayElement(publishedAt),
          ]),
          h('h1', h('a', { href: path }, title)),
          ...(correction === null ? [] : [correctionElement(correction)]),
          h('p', { className: ['summary'] }, [
            'Old words are ',
            h('del', 'struck out'),
            ', new ones ',
            h('ins', 'underlined'),
            '. ',
            h('a', { href: revisionPath(path, before.revision) }, `Revision ${before.revision}`),
            ', ',
            h('a', { href: revisionPath(path, revision) }, `revision ${revision}`),
            ' and ',
            h('a', { href: revisionsPath(path) }, 'all others'),
            ' can be read whole.',
          ]),
          ...changeElements(diffSnapshots(before.snapshot, after.snapshot), before.snapshot, after.snapshot),
        ]),
      ),
    },
    site,
  )
}

const changeElements = ({ fields, blocks, sources }: Changes, before: Snapshot, after: Snapshot): Element[] => {
  const { language } = after
  const nameById = new Map([...before.speakers, ...after.speakers].map(({ id, name }) => [id as string, name]))
  const speakerOf = (id: string | null) => nameById.get(id ?? '') ?? ''
  const elements = [
    ...fields.map((change) => fieldElement(change, language)),
    ...blocks.map((change) => blockElement(change, language, speakerOf)),
    ...sources.map((change) => sourceElement(change, language)),
  ]
  return elements.length === 0 ? [h('p', { className: ['empty'] }, 'Nothing that can be read is another.')] : elements
}

const changeElement = (name: string, notes: readonly string[], content: readonly Element[]): Element =>
  h(
    'article',
    { className: ['change'] },
    apart([
      h('h2', [name, ...(notes.length === 0 ? [] : [' ', h('span', { className: ['change-note'] }, notes.join(', '))])]),
      ...content,
    ]),
  )

const fieldElement = ({ field, before, after }: FieldChange, language: string): Element =>
  changeElement(fieldName(field), [], [diffElement(words(fieldText(field, before)), words(fieldText(field, after)), language)])

const blockElement = (change: BlockChange, language: string, speakerOf: (id: string | null) => string): Element => {
  const { before, after } = change
  const block = after ?? before
  if (block === null) throw new Error('a block that changed was or is')
  const notes = before === null ? ['added'] : after === null ? ['removed'] : besideWords(change, speakerOf)
  return changeElement(blockName(block, speakerOf), notes, [diffElement(before?.content ?? [], after?.content ?? [], language)])
}

const sourceElement = ({ before, after }: SourceChange, language: string): Element => {
  const title = (after ?? before)?.title || 'Untitled'
  const name = `Source: ${title}`
  if (before === null || after === null) return changeElement(name, [before === null ? 'added' : 'removed'], [])
  const differences = sourceDifferences(before, after).map(({ name, was, is }) =>
    h('div', [h('dt', name), h('dd', diffElement(words(was), words(is), language))]),
  )
  return changeElement(name, [], differences.length === 0 ? [] : [h('dl', { className: ['correction'] }, differences)])
}

const words = (text: string): Inline[] => (text === '' ? [] : [{ type: 'text', text }])

const diffElement = (before: readonly Inline[], after: readonly Inline[], language: string): Element =>
  h(
    'p',
    { lang: language, dir: 'auto' },
    toldDiff(before, after, language).flatMap(({ is, text }): ElementContent[] =>
      is === 'kept' ? textNodes(text) : [changed(is === 'erased' ? 'del' : 'ins', text)],
    ),
  )

/** The signs alone say nothing to who listens. */
const changed = (tag: 'del' | 'ins', text: string): Element =>
  h(tag, [heard(tag === 'del' ? 'Erased: ' : 'Inserted: '), ...textNodes(text), heard('. ')])

const heard = (text: string): Element => h('span', { className: ['heard'] }, text)
