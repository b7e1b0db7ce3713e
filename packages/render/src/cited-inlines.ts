import type { Inline, Source } from '@stet/schema/snapshot'

/** `sources` are the numbers (from 1) to show where a cited range ends; `cited` says that a range covers the inline. */
export type CitedInline =
  | { readonly type: 'inline'; readonly inline: Inline; readonly cited: boolean }
  | { readonly type: 'references'; readonly after: Inline; readonly sources: readonly number[] }

/**
 * Puts a reference behind each cited range. A range may be made of several inlines (a word of it is strong), and
 * ranges of different sources may overlap: each ends where the next inline no longer cites its source.
 */
export const citedInlines = (inlines: readonly Inline[], sources: readonly Source[]): CitedInline[] => {
  const numbers = numbersOf(sources)
  const cites = inlines.map(({ marks }) => citedBy(marks?.cites, numbers))
  return inlines.flatMap((inline, index): CitedInline[] => {
    const cited = cites[index] ?? NONE
    const flow: CitedInline = { type: 'inline', inline, cited: cited.length > 0 }
    const onward = cites[index + 1] ?? NONE
    const ending = cited.filter((number) => !onward.includes(number))
    return ending.length > 0 ? [flow, { type: 'references', after: inline, sources: ending }] : [flow]
  })
}

const NONE: readonly number[] = []

const citedBy = (ids: readonly string[] | undefined, numbers: ReadonlyMap<string, number>): readonly number[] =>
  ids === undefined ? NONE : [...new Set(ids.flatMap((id) => numbers.get(id) ?? []))].sort((a, b) => a - b)

/** By id, the number that a source bears on the page. */
const numbersOf = (sources: readonly Source[]): ReadonlyMap<string, number> => {
  const numbers = numbersBySources.get(sources) ?? new Map(sources.map((source, index) => [source.id, index + 1]))
  numbersBySources.set(sources, numbers)
  return numbers
}

/** Each block asks for them. */
const numbersBySources = new WeakMap<readonly Source[], ReadonlyMap<string, number>>()
