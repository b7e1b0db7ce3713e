import { type Given, readGiven } from './given.ts'
import { FIRST_RANK, type Rank, readRank } from './rank.ts'

/**
 * Where a block stands, as its markers say: where it was born (`rank`), and where it was moved to, or joined to another
 * (`at:<id>`). A position hangs on other positions, not on blocks: what was put beside a block stays when that one goes.
 */
export type Position = Given &
  Slot & {
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

export const POSITION_KEY = 'at:'

/** A part that was split off says nothing unless it was put somewhere: it stands where its whole does. */
export const readPositions = (segment: string, fields: Readonly<Record<string, unknown>>): readonly Position[] => {
  const named = (value: unknown) => (typeof value === 'string' ? value : null)
  const given = readGiven(POSITION_KEY, fields).map(
    ({ value, ...each }): Position => ({
      ...each,
      rank: readRank(value['rank']),
      in: named(value['in']),
      of: named(value['of']),
      end: named(value['end']) ?? '',
      from: named(value['from']),
    }),
  )
  const isBornHere = fields['splitFrom'] === undefined && (fields['rank'] !== undefined || given.length === 0)
  return isBornHere ? [bornAt(segment, readRank(fields['rank'])), ...given] : given
}

export const bornAt = (segment: string, rank: Rank = FIRST_RANK): Position => ({
  id: segment,
  n: 0,
  upTo: '',
  keeps: null,
  rank,
  in: null,
  of: null,
  end: '',
  from: null,
})
