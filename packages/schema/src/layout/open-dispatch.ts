import type * as Y from 'yjs'
import type { Audio } from '../audio.ts'
import { LAYOUT_VERSION } from '../snapshot.ts'
import { createBody } from './body-acts.ts'
import { createRecords } from './records.ts'
import { PROSE_FIELDS, type ProseField } from './roots.ts'

/**
 * The one accessor of a replica. Roots by name, so that two replicas which open a dispatch at once never make two
 * types for one thing:
 *
 * | root | type | holds |
 * |---|---|---|
 * | `meta` | Map | `layout`, `kind`, `number`, `date`, `language`, `targetSeconds`, `audio` (plain values) |
 * | `title` `summary` `quote` `quoteName` `quoteRole` `bylineRole` `bylineHandle` | Text | prose |
 * | `topics` | Text | one topic a line |
 * | `speakers` `sources` | Map of Map | records, see `records.ts`; a source's `keyPoints` are one a line |
 * | `body` | Text | markers and text, see `body-view.ts` |
 */
export const SOURCE_PROSE = ['title', 'publisher', 'description', 'claim', 'citedText', 'context', 'keyPoints'] as const
export type SourceProse = (typeof SOURCE_PROSE)[number]

export type MetaFields = {
  kind: 'dispatch' | 'essay'
  number: number | null
  date: string | null
  language: string
  targetSeconds: number | null
  audio: Audio | null
}

export type Dispatch = ReturnType<typeof openDispatch>

export const openDispatch = (doc: Y.Doc) => {
  const meta = doc.getMap<unknown>('meta')
  const body = createBody(doc.getText('body'))
  const speakers = createRecords(doc.getMap('speakers'), [])
  const sources = createRecords(doc.getMap('sources'), SOURCE_PROSE)
  return {
    doc,
    meta,
    body,
    /** Plain fields: name, color. */
    speakers,
    /** Prose fields as `SOURCE_PROSE`; plain fields: kind, tier, url. */
    sources,
    text: (field: ProseField): Y.Text => doc.getText(field),
    /** All that is ever written to, for who takes back acts that reach beyond the body. */
    roots: [meta, body.text, speakers.map, sources.map, ...PROSE_FIELDS.map((field) => doc.getText(field))],

    /** The dispatch was written by a newer layout than this program knows: read-only, nothing may be emitted. */
    isNewerLayout: (): boolean => {
      const layout = meta.get('layout')
      return typeof layout === 'number' && layout > LAYOUT_VERSION
    },

    setMeta: (fields: Partial<MetaFields>, origin: unknown): void => {
      doc.transact(() => {
        for (const [key, value] of Object.entries(fields)) {
          if (value === null) meta.delete(key)
          else meta.set(key, value)
        }
      }, origin)
    },
  }
}
