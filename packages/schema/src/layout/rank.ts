import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

/** Order of records and blocks: a fractional index, compared by code unit. */
export type Rank = string

export const FIRST_RANK: Rank = 'a0'

/** The key grammar of fractional-indexing: a head letter that tells the length of the integer part, no trailing zero. */
export const isRank = (value: unknown): value is Rank => {
  if (typeof value !== 'string' || value.length > 400 || !/^[A-Za-z][0-9A-Za-z]*$/.test(value)) return false
  const head = value.charCodeAt(0)
  const integerLength = head >= 97 ? head - 97 + 2 : 90 - head + 2
  if (value.length < integerLength || value === `A${'0'.repeat(26)}`) return false
  return value.length === integerLength || !value.endsWith('0')
}

/** A rank read from a replica; one that is not sound sorts as the first. */
export const readRank = (value: unknown): Rank => (isRank(value) ? value : FIRST_RANK)

export const compareRanks = (a: Rank, b: Rank): number => (a < b ? -1 : a > b ? 1 : 0)

export const rankBetween = (before: Rank | null, after: Rank | null): Rank => generateKeyBetween(before, after)

export const ranksBetween = (before: Rank | null, after: Rank | null, count: number): Rank[] =>
  generateNKeysBetween(before, after, count)
