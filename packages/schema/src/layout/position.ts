import { newLocalId } from '../ids.ts'
import { FIRST_RANK, type Rank, readRank } from './rank.ts'

/**
 * Where a block stands, as its markers say. A position is written once and never changed: a block is born at one (`rank`),
 * and whoever moves it, or joins it to another, gives it one more (`at:<id>`). So what was put beside a block stays where
 * it was when that block goes.
 */
export type Position = Slot & {
  readonly id: string
  /** Greater than that of every position known when it was given: of several the newest counts, and none hangs on a newer one. */
  readonly n: number
  /** It is given to the text up to this marker ('' is the end), so also to what is split off that text meanwhile. */
  readonly upTo: string
  /** The position that its segment had before. */
  readonly from: string | null
}

/**
 * A place in the order of blocks: by rank, either at the top or among those at the end of a stretch of text: right behind
 * what stands at position `in` from the text before marker `end`. `of` is the segment that was last there.
 */
export type Slot = {
  readonly rank: Rank
  readonly in: string | null
  readonly of: string | null
  readonly end: string
}

const KEY = 'at:'

export const isPositionKey = (key: string | null): boolean => key?.startsWith(KEY) === true

/** What a marker says of where it stands: a part that was split off says nothing, and stands where its whole does. */
export const readPositions = (segment: string, fields: Readonly<Record<string, unknown>>): readonly Position[] => {
  const given = Object.keys(fields)
    .filter(isPositionKey)
    .map((key) => readPosition(key.slice(KEY.length), fields[key]))
  const isBornHere = fields['splitFrom'] === undefined && (fields['rank'] !== undefined || given.length === 0)
  return isBornHere ? [bornAt(segment, readRank(fields['rank'])), ...given] : given
}

export const bornAt = (segment: string, rank: Rank = FIRST_RANK): Position => ({
  id: segment,
  n: 0,
  rank,
  in: null,
  of: null,
  end: '',
  upTo: '',
  from: null,
})

const readPosition = (id: string, value: unknown): Position => {
  const {
    n,
    rank,
    in: inside,
    of,
    end,
    upTo,
    from,
  } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const named = (given: unknown) => (typeof given === 'string' ? given : null)
  return {
    id,
    n: Number.isSafeInteger(n) ? Math.max(1, Number(n)) : 1,
    rank: readRank(rank),
    in: named(inside),
    of: named(of),
    end: named(end) ?? '',
    upTo: named(upTo) ?? '',
    from: named(from),
  }
}

/** A position as a field of a marker. */
export const positionField = (position: Omit<Position, 'id'>): { id: string; key: string; value: Record<string, unknown> } => {
  const id = newLocalId()
  return { id, key: `${KEY}${id}`, value: Object.fromEntries(Object.entries(position).filter(([, value]) => value !== null)) }
}
