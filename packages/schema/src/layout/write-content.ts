import * as Y from 'yjs'
import { type Content, type Inline, LAYOUT_VERSION } from '../snapshot.ts'
import { openDispatch, SOURCE_PROSE, type SourceProse } from './open-dispatch.ts'
import { ranksBetween } from './rank.ts'
import type { ProseField } from './roots.ts'

/** Fills an empty replica with content, in one transaction: the inverse of `takeSnapshot`. */
export const writeContent = (doc: Y.Doc, content: Content, origin: unknown = null): void => {
  const dispatch = openDispatch(doc)
  const prose: Partial<Record<ProseField, string>> = {
    title: content.title,
    summary: content.summary,
    topics: content.topics.join('\n'),
    quote: content.quote?.text ?? '',
    quoteName: content.quote?.name ?? '',
    quoteRole: content.quote?.role ?? '',
    bylineRole: content.byline?.role ?? '',
    bylineHandle: content.byline?.handle ?? '',
  }
  doc.transact(() => {
    const { kind, number, date, language, targetSeconds = null } = content
    dispatch.meta.set('layout', LAYOUT_VERSION)
    const given = Object.entries({ number, date, targetSeconds }).filter(([, value]) => value !== null)
    dispatch.setMeta({ kind, ...Object.fromEntries(given), language }, origin)
    for (const [field, text] of Object.entries(prose)) if (text !== '') dispatch.text(field as ProseField).insert(0, text)
    for (const { id, name, color } of content.speakers) dispatch.speakers.add({ name, color }, origin, { id })
    for (const source of content.sources) {
      const text: Record<SourceProse, string> = { ...source, keyPoints: source.keyPoints.join('\n') }
      const fields = Object.fromEntries(SOURCE_PROSE.map((field) => [field, text[field]]))
      dispatch.sources.add({ ...fields, kind: source.kind, tier: source.tier, url: source.url }, origin, { id: source.id })
    }
    writeBody(dispatch.body.text, content)
  }, origin)
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

const attributesOf = ({ marks = {} }: Inline, known: ReadonlySet<string>): Record<string, unknown> => {
  const { cites = [], ...rest } = marks
  return { ...rest, ...Object.fromEntries(cites.filter((id) => known.has(id)).map((id) => [`cite:${id}`, true])) }
}
