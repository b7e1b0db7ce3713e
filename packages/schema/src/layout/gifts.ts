import type { Descent } from './descent.ts'
import type { Given } from './given.ts'
import type { Segment } from './segment.ts'

type Kinds = Pick<Segment, 'positions' | 'voices' | 'removals'>
type GivenOf<Kind extends keyof Kinds> = Kinds[Kind][number]

type Givers = Map<readonly Segment[], readonly Segment[]>

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
  const giving = { positions: new Map(), voices: new Map(), removals: new Map() } satisfies Record<keyof Kinds, Givers>
  const giversTo = (segment: Segment, kind: keyof Kinds): readonly Segment[] => {
    const family = familyOf(segment)
    if (family.length < 2) return [segment]
    const known: Givers = giving[kind]
    const all = known.get(family) ?? family.filter((member) => member[kind].length > 0)
    known.set(family, all)
    const place = placeOf(segment)
    return [...all.filter((member) => placeOf(member) <= place), ...twinsOf(segment).filter((twin) => placeOf(twin) > place)]
  }
  return {
    newest: newestIn(segments),

    newestOf: <Kind extends keyof Kinds>(segment: Segment, kind: Kind, before = Number.POSITIVE_INFINITY) => {
      const own = segment[kind] as readonly GivenOf<Kind>[]
      const [only] = own
      // As most are: one text, born where it stands.
      if (only?.n === 0 && own.length === 1 && before > 0 && familyOf(segment).length < 2) return only
      const place = placeOf(segment)
      let found: GivenOf<Kind> | null = null
      // In text order, so that the nearest giver has the last word: one farther off that reaches as far did not know of it.
      for (const giver of giversTo(segment, kind)) {
        let nearest: GivenOf<Kind> | null = null
        for (const given of giver[kind] as readonly GivenOf<Kind>[])
          if (
            given.n < before &&
            (giver === segment || place < endOf(given.upTo)) &&
            (nearest === null || isNewer(given, nearest))
          )
            nearest = given
        if (nearest === null) continue
        const isOutdated = placeOf(giver) > place && found !== null && (found.keeps ?? found.n) >= nearest.n
        if (!isOutdated && (found === null || nearest.keeps === null || nearest.keeps >= found.n)) found = nearest
      }
      return found
    },
  }
}

const newestIn = (segments: readonly Segment[]): number => {
  let newest = 0
  for (const { positions, voices, removals } of segments)
    for (const given of [positions, voices, removals]) for (const { n } of given) newest = Math.max(newest, n)
  return newest
}

const isNewer = (a: Given, b: Given): boolean => {
  if (a.keeps !== null && b.keeps === null) return a.keeps >= b.n
  if (b.keeps !== null && a.keeps === null) return b.keeps < a.n
  return a.n > b.n || (a.n === b.n && a.id > b.id)
}
