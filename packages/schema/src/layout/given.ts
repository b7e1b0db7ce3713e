import { newLocalId } from '../ids.ts'
import type { Descent } from './descent.ts'
import type { Segment } from './segment.ts'

/**
 * What an act gives to a text: a position, a speaker. It is written once, under a key of its own, and never changed; the
 * newest counts. So of two who give at once neither overwrites the other, and taking back one leaves the other.
 */
export type Given = {
  readonly id: string
  /** Greater than that of all that was known when it was given. */
  readonly n: number
  /** It is given to the text up to this marker ('' is the end), so also to what is split off that text meanwhile. */
  readonly upTo: string
  /** It only keeps what was there, namely what was given with this `n`: it gives way to all that is given meanwhile. */
  readonly keeps: number | null
}

/** What a marker says was given to it, by acts of one kind. */
export const readGiven = (
  kind: string,
  fields: Readonly<Record<string, unknown>>,
): (Given & { value: Record<string, unknown> })[] =>
  Object.keys(fields)
    .filter((key) => key.startsWith(kind))
    .map((key) => {
      const given = fields[key]
      const value = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {}
      const { n, upTo, keeps } = value
      return {
        id: key.slice(kind.length),
        n: Number.isSafeInteger(n) ? Math.max(1, Number(n)) : 1,
        keeps: Number.isSafeInteger(keeps) ? Number(keeps) : null,
        upTo: typeof upTo === 'string' ? upTo : '',
        value,
      }
    })

/** Something given, as a field of a marker. Nothing is written for null. */
export const givenField = (kind: string, value: Omit<Given, 'id'> & Record<string, unknown>) => {
  const id = newLocalId()
  return { id, key: `${kind}${id}`, value: Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)) }
}

type Kinds = Pick<Segment, 'positions' | 'voices'>
type GivenOf<Kind extends keyof Kinds> = Kinds[Kind][number]

export type Gifts = {
  /** The newest that was given to a segment's text, of those older than `before`. */
  readonly newestOf: <Kind extends keyof Kinds>(segment: Segment, kind: Kind, before?: number) => GivenOf<Kind> | null
  /** The `n` of the newest there is. */
  readonly newest: number
}

/** Who gives to a segment: itself, its twins, and what stands before it in the text of its family and reached as far then. */
export const giftsOf = (
  segments: readonly Segment[],
  placeById: ReadonlyMap<string, number>,
  { familyOf, twinsOf, endOf }: Pick<Descent, 'familyOf' | 'twinsOf' | 'endOf'>,
): Gifts => {
  const placeOf = ({ id }: Segment): number => placeById.get(id) ?? 0
  const giving = new Map<readonly Segment[], readonly Segment[]>()
  const giversTo = (segment: Segment): readonly Segment[] => {
    const family = familyOf(segment)
    if (family.length < 2) return [segment]
    const all = giving.get(family) ?? family.filter(({ positions, voices }) => positions.length + voices.length > 0)
    giving.set(family, all)
    const place = placeOf(segment)
    return [...all.filter((member) => placeOf(member) <= place), ...twinsOf(segment).filter((twin) => placeOf(twin) > place)]
  }
  return {
    newest: segments.reduce(
      (newest, { positions, voices }) => [...positions, ...voices].reduce((most, { n }) => Math.max(most, n), newest),
      0,
    ),

    newestOf: <Kind extends keyof Kinds>(segment: Segment, kind: Kind, before = Number.POSITIVE_INFINITY) => {
      const place = placeOf(segment)
      let found: GivenOf<Kind> | null = null
      // In text order, so that the nearest giver has the last word: one farther off that reaches as far did not know of it.
      for (const giver of giversTo(segment)) {
        let nearest: GivenOf<Kind> | null = null
        for (const given of giver[kind] as readonly GivenOf<Kind>[])
          if (given.n < before && place < endOf(given.upTo) && (nearest === null || isNewer(given, nearest))) nearest = given
        if (nearest !== null && (found === null || nearest.keeps === null || nearest.keeps >= found.n)) found = nearest
      }
      return found
    },
  }
}

const isNewer = (a: Given, b: Given): boolean => {
  if (a.keeps !== null && b.keeps === null) return a.keeps >= b.n
  if (b.keeps !== null && a.keeps === null) return b.keeps < a.n
  return a.n > b.n || (a.n === b.n && a.id > b.id)
}
