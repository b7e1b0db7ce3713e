import * as Y from 'yjs'
import { type Content, type Inline, LAYOUT_VERSION, type Source } from '../snapshot.ts'
import { openDispatch, type SourceProse } from './open-dispatch.ts'
import { ranksBetween } from './rank.ts'
import type { ProseField } from './roots.ts'

/** Fills an empty replica with content, in one transaction: the inverse of `takeSnapshot`. */
export const writeContent = (doc: Y.Doc, content: Content, origin: unknown = null): void => {
  const dispatch = openDispatch(doc)
  doc.transact(() => {
    const { kind, number, date, language, targetSeconds = null, audio = null } = content
    dispatch.meta.set('layout', LAYOUT_VERSION)
    const given = Object.entries({ number, date, targetSeconds, audio }).filter(([, value]) => value !== null)
    dispatch.setMeta({ kind, ...Object.fromEntries(given), language }, origin)
    for (const [field, text] of Object.entries(proseOf(content)))
      if (text !== '') dispatch.text(field as ProseField).insert(0, text)
    for (const { id, name, color } of content.speakers) dispatch.speakers.add({ name, color }, origin, { id })
    for (const source of content.sources) dispatch.sources.add(sourceFieldsOf(source), origin, { id: source.id })
    writeBody(dispatch.body.text, content)
  }, origin)
}

/** The prose fields that say what a content says. */
export const proseOf = ({ title, summary, topics, quote, byline }: Content): Record<ProseField, string> => ({
  title,
  summary,
  topics: topics.join('\n'),
  quote: quote?.text ?? '',
  quoteName: quote?.name ?? '',
  quoteRole: quote?.role ?? '',
  bylineRole: byline?.role ?? '',
  bylineHandle: byline?.handle ?? '',
})

/** The fields of a record that say what a source says. */
export const sourceFieldsOf = (source: Source): Record<SourceProse, string> & Pick<Source, 'kind' | 'tier' | 'url'> => {
  const { title, publisher, description, claim, citedText, context, keyPoints, kind, tier, url } = source
  return { title, publisher, description, claim, citedText, context, keyPoints: keyPoints.join('\n'), kind, tier, url }
}

const writeBody = (text: Y.Text, { body, sources }: Content): void => {
  const known = new Set(sources.map(({ id }) => id))
  const ranks = ranksBetween(null, null, body.length)
  for (const [index, block] of body.entries()) {
    const { content, ...fields } = block
    const given = Object.entries({ ...fields, rank: ranks[index] }).filter(([, value]) => value !== null)
    text.insertEmbed(text.length, new Y.Map(given), {})
    for (const inline of content) {
      const attributes = attributesOf(inline, known)
      if (inline.type === 'cue') text.insertEmbed(text.length, { cue: inline.cue }, attributes)
      else text.insert(text.length, inline.text, attributes)
    }
  }
}

export const attributesOf = ({ marks = {} }: Inline, known: ReadonlySet<string>): Record<string, unknown> => {
  const { cites = [], ...rest } = marks
  return { ...rest, ...Object.fromEntries(cites.filter((id) => known.has(id)).map((id) => [`cite:${id}`, true])) }
}
