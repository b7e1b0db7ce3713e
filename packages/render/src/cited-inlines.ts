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
  const numbers = new Map(sources.map((source, index) => [source.id, index + 1]))
  const citesOf = (inline: Inline | undefined) =>
    [...new Set(inline?.marks?.cites?.flatMap((id) => numbers.get(id) ?? []) ?? [])].sort((a, b) => a - b)
  return inlines.flatMap((inline, index): CitedInline[] => {
    const cites = citesOf(inline)
    const onward = citesOf(inlines[index + 1])
    const ending = cites.filter((number) => !onward.includes(number))
    const flow: CitedInline = { type: 'inline', inline, cited: cites.length > 0 }
    return ending.length > 0 ? [flow, { type: 'references', after: inline, sources: ending }] : [flow]
  })
}
