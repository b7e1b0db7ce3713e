import * as Y from 'yjs'
import { type Position, readPositions } from './position.ts'
import { type Removal, readRemovals } from './removal.ts'
import { readVoices, type Voice } from './voice.ts'

/**
 * A segment: the text from one marker of the body to the next. It is read from the items of Yjs, not from `toDelta`, so
 * that reading one segment costs what that segment holds.
 */

/** Inline attributes as they stand in the text; `cite:<sourceId>` and `comment:<id>` are one key each. Never changed in place. */
export type Attributes = Readonly<Record<string, unknown>>

/** A stretch of a segment: text, or one cue. */
export type Run = { readonly insert: string | { readonly cue: string }; readonly attributes: Attributes }

/** The words as one string, a cue in its brackets. */
export const textOfRuns = (runs: readonly Run[]): string =>
  runs.map(({ insert }) => (typeof insert === 'string' ? insert : `[${insert.cue}]`)).join('')

export type Marker = Y.Map<unknown>

export type Segment = {
  readonly id: string
  readonly marker: Marker
  /** What the marker says, as plain values. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Length of the content, in UTF-16 units and embeds. */
  readonly length: number
  readonly runs: readonly Run[]
  readonly positions: readonly Position[]
  readonly voices: readonly Voice[]
  readonly removals: readonly Removal[]
  /** The attributes in force where it begins and where it ends: a format may reach over markers. */
  readonly opening: Attributes
  readonly closing: Attributes
  /** Where its text lies, if not simply between its marker and the next. */
  readonly stretches: readonly Stretch[] | null
}

/** A part of a segment as it lies in the text. */
export type Stretch = {
  readonly of: Segment
  readonly from: number
  readonly to: number
  /** The item behind it, where that is no marker: of what is typed at its end nothing may come behind this. */
  readonly until: Y.Item | null
}

export const readSegment = (id: string, marker: Marker, opening: Attributes, known?: Segment): Segment => {
  const { runs, length, closing } = readRuns(marker, opening)
  const fields = known?.fields ?? fieldsOf(marker)
  return {
    id,
    marker,
    fields,
    length,
    runs,
    positions: known?.positions ?? readPositions(id, fields),
    voices: known?.voices ?? readVoices(id, fields),
    removals: known?.removals ?? readRemovals(id, fields),
    opening,
    closing: known && sameAttributes(known.closing, closing) ? known.closing : closing,
    stretches: null,
  }
}

const readRuns = (marker: Marker, opening: Attributes): { runs: Run[]; length: number; closing: Attributes } => {
  const runs: { insert: Run['insert']; attributes: Attributes }[] = []
  let attributes = opening
  let length = 0
  for (let item = marker._item?.right ?? null; item !== null && markerIn(item) === null; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentFormat) attributes = withFormat(attributes, content)
    if (!item.countable) continue
    length += item.length
    const last = runs.at(-1)
    if (!(content instanceof Y.ContentString))
      for (let nth = 0; nth < item.length; nth++) runs.push({ insert: { cue: cueName(content) }, attributes })
    else if (typeof last?.insert === 'string' && last.attributes === attributes) last.insert += content.str
    else runs.push({ insert: content.str, attributes })
  }
  return { runs, length, closing: attributes }
}

/** The marker that an item of the body is, or null. */
export const markerIn = (item: Y.Item): Marker | null =>
  !item.deleted && item.content instanceof Y.ContentType && item.content.type instanceof Y.Map
    ? (item.content.type as Marker)
    : null

/** The marker whose segment an item lies in: the nearest one to its left, itself included; null before the first. */
export const markerLeftOf = (item: Y.Item | null): Marker | null => {
  for (let at = item; at !== null; at = at.left) {
    const marker = markerIn(at)
    if (marker !== null) return marker
  }
  return null
}

export const sameAttributes = (a: Attributes, b: Attributes): boolean => {
  if (a === b) return true
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

export const withFormat = (attributes: Attributes, { key, value }: Y.ContentFormat): Attributes => {
  const { [key]: _, ...others } = attributes
  return value === null ? others : { ...others, [key]: value }
}

const fieldsOf = (marker: Marker): Record<string, unknown> => Object.fromEntries(marker.entries())

const cueName = (content: unknown): string => {
  const embed = content instanceof Y.ContentEmbed ? content.embed : null
  const cue = typeof embed === 'object' && embed !== null && 'cue' in embed ? (embed as { cue: unknown }).cue : ''
  return typeof cue === 'string' ? cue : ''
}
