import type { Block, Source } from '@stet/schema/snapshot'
import { anchorsOf } from './anchors.ts'

/** A range of a block that rests on a source. */
export type Citation = { readonly block: Block; readonly anchor: string; readonly words: string }

/** The `nth` range of a block that rests on source `number`. No id of a block holds a ".", so it meets none. */
export const citationAnchor = (blockAnchor: string, number: number, nth: number): string =>
  nth === 1 ? `${blockAnchor}.${number}` : `${blockAnchor}.${number}.${nth}`

/** By source id, the ranges that rest on it, in the order of the text. */
export const citationsOf = (body: readonly Block[], sources: readonly Source[]): ReadonlyMap<string, readonly Citation[]> => {
  const anchors = anchorsOf(body)
  const citing = body.filter(({ content }) => content.some(({ marks }) => marks?.cites !== undefined))
  return new Map(
    sources.map((source, index) => [
      source.id,
      citing.flatMap((block) =>
        rangesOf(block, source.id).map((words, nth) => ({
          block,
          anchor: citationAnchor(anchors.get(block.id) ?? '', index + 1, nth + 1),
          words,
        })),
      ),
    ]),
  )
}

/** The words of each range of a block that rests on a source. A range may be made of several inlines. */
const rangesOf = ({ content }: Block, source: string): string[] => {
  const ranges: string[] = []
  let isWithin = false
  for (const inline of content) {
    const rests = inline.marks?.cites?.includes(source) ?? false
    const words = inline.type === 'text' ? inline.text : `[${inline.cue}]`
    if (rests) ranges.push(isWithin ? `${ranges.pop() ?? ''}${words}` : words)
    isWithin = rests
  }
  return ranges
}
