import type { Segment } from './segment.ts'

/**
 * Who speaks for a segment that was split off while a colleague acted on the segment it was split from.
 *
 * A split inserts its marker into the text of the segment that it names in `splitFrom`. Whoever joins onto a segment,
 * moves it or gives it a speaker notes with it, as `<key>UpTo`, the marker that followed it in the text then ('' for
 * none). A marker that stands before that one by now was not known to them: it was split off meanwhile, and they meant
 * its text too. So what was joined on follows the last part, and rank and speaker reach the parts as well, unless a
 * part was given its own.
 */
export type Descent = {
  /** The segment that each one with a sound `into` follows, by id. */
  readonly parents: ReadonlyMap<string, string>
  /** The segment whose field counts for a segment: itself, or the one it was split off from meanwhile. */
  readonly sayerOf: (segment: Segment, key: 'rank' | 'speaker') => Segment
}

export const descentOf = (segments: readonly Segment[], placeById: ReadonlyMap<string, number>): Descent => {
  const placeOf = (id: unknown): number | undefined => (typeof id === 'string' ? placeById.get(id) : undefined)

  /** Where the text ended that an act knew of; nothing is split off before a marker that is not there. */
  const endOf = (upTo: unknown): number => (upTo === '' ? segments.length : (placeOf(upTo) ?? -1))

  const parents = new Map<string, string>()
  for (const child of segments) {
    const at = placeOf(child.fields['into'])
    const into = at === undefined ? undefined : segments[at]
    if (at === undefined || into === undefined || into === child) continue
    const end = endOf(child.fields['intoUpTo'])
    const family = new Set([into.id])
    let last = into
    for (let nth = at + 1; nth < end; nth++) {
      const part = segments[nth]
      if (part === undefined || part === child || !family.has(String(part.fields['splitFrom']))) continue
      family.add(part.id)
      last = part
    }
    parents.set(child.id, last.id)
  }

  const sayerOf = (segment: Segment, key: 'rank' | 'speaker'): Segment => {
    if (segment.fields['splitFrom'] === undefined) return segment
    const upTo = `${key}UpTo`
    const place = placeById.get(segment.id) ?? 0
    for (let part = segment, at = place; part.fields[upTo] === undefined; ) {
      const from = placeOf(part.fields['splitFrom'])
      const whole = from === undefined || from >= at ? undefined : segments[from]
      if (from === undefined || whole === undefined) break
      if (place < endOf(whole.fields[upTo] ?? null)) return whole
      part = whole
      at = from
    }
    return segment
  }

  return { parents, sayerOf }
}
