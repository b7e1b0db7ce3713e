import { newLocalId } from '../ids.ts'

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
