import type { Block, Content, Inline, TextRun } from '@stet/schema/snapshot'

/** Rests words of the script on a source: where they stand first in the one block that has them, within one run. */
export const citeWords = (content: Content, words: string, source: string): Content => {
  const holds = (inline: Inline) => inline.type === 'text' && inline.text.includes(words)
  const holders = content.body.filter((block) => block.content.some(holds))
  if (holders.length !== 1) throw new Error(`“${words}” stands in ${holders.length} blocks, expected one`)
  const cited = <Some extends Block>(block: Some): Some => ({
    ...block,
    content: block.content.flatMap((inline): Inline[] => (inline.type === 'text' ? citeIn(inline, words, source) : [inline])),
  })
  return { ...content, body: content.body.map((block) => (holders.includes(block) ? cited(block) : block)) }
}

const citeIn = (run: TextRun, words: string, source: string): TextRun[] => {
  const at = run.text.indexOf(words)
  if (at < 0) return [run]
  const end = at + words.length
  return [
    { ...run, text: run.text.slice(0, at) },
    { ...run, text: words, marks: { ...run.marks, cites: [...(run.marks?.cites ?? []), source] } },
    { ...run, text: run.text.slice(end) },
  ].filter(({ text }) => text !== '')
}
