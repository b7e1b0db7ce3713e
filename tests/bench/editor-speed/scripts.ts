import type { Block, Content, Inline, Source } from '@stet/schema/snapshot'
import { emptyContent } from '@stet/schema/snapshot'
import type { Random } from './random.ts'

/** What is measured: the lengths of a script, each fresh and with the traces of old edits. */
export type Size = {
  readonly name: '12 min' | '1 h' | '3 h'
  readonly words: number
  readonly turns: number
  readonly citations: number
}

export const sizes: readonly Size[] = [
  { name: '12 min', words: 2_300, turns: 40, citations: 20 },
  { name: '1 h', words: 10_000, turns: 250, citations: 100 },
  { name: '3 h', words: 30_000, turns: 750, citations: 300 },
]

const TURNS_OF_A_CHAPTER = 25
const CITATIONS_OF_A_SOURCE = 4

/** A dispatch of two hosts with chapters, cues, emphasis and citations; the same seed gives the same words. */
export const generateScript = ({ words, turns, citations }: Size, random: Random): Content => {
  const sources = Array.from({ length: Math.ceil(citations / CITATIONS_OF_A_SOURCE) }, (_, nth) => sourceOf(nth))
  const lengths = share(words, turns, random)
  const cites = share(citations, turns, random)
  const body = lengths.flatMap((length, nth): Block[] => {
    const cited = Array.from({ length: cites[nth] ?? 0 }, () => sources[random.below(sources.length)]?.id ?? 's0')
    const turn: Block = {
      kind: 'turn',
      id: `t${nth}`,
      speaker: nth % 2 === 0 ? 'ada' : 'bo',
      start: null,
      content: speech(length, cited, random),
    }
    const title = sentence(4, random)
    return nth % TURNS_OF_A_CHAPTER === 0
      ? [{ kind: 'chapter', id: `c${nth}`, start: null, content: [{ type: 'text', text: title }] }, turn]
      : [turn]
  })
  return {
    ...emptyContent('dispatch'),
    number: 1,
    title: sentence(6, random),
    summary: sentence(40, random),
    speakers: [
      { id: 'ada', name: 'Ada', color: 1 },
      { id: 'bo', name: 'Bo', color: 2 },
    ],
    sources,
    body,
  }
}

/** What a turn says, in as many runs as it has marks: each citation on a few words, now and then a cue or an emphasis. */
const speech = (length: number, cited: readonly string[], random: Random): Inline[] => {
  const inlines: Inline[] = []
  const stretch = Math.max(1, Math.floor(length / (cited.length + 1)))
  for (const source of cited) {
    inlines.push({ type: 'text', text: `${sentence(Math.max(1, stretch - 4), random)} ` })
    inlines.push({ type: 'text', text: sentence(4, random), marks: { cites: [source] } })
    inlines.push({ type: 'text', text: ' ' })
  }
  if (random.below(10) === 0) inlines.push({ type: 'text', text: sentence(1, random), marks: { em: true } })
  if (random.below(8) === 0 && inlines.length > 0) inlines.push({ type: 'cue', cue: 'tsk' })
  const said = inlines.reduce((sum, inline) => sum + (inline.type === 'text' ? wordsOf(inline.text) : 0), 0)
  inlines.push({ type: 'text', text: ` ${sentence(Math.max(1, length - said), random)}` })
  return inlines
}

const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length

const WORDS =
  'harbour light keeper storm lens oil wick night signal ship rock tide wind letter log watch stone tower glass wave crew port map bell fog engine rope salt clock winter the a of and to in that it was for on with as at by from'.split(
    ' ',
  )

const sentence = (length: number, random: Random): string =>
  Array.from({ length }, () => WORDS[random.below(WORDS.length)]).join(' ')

/** Cuts a whole into parts around the mean, from half of it to one and a half. */
const share = (whole: number, parts: number, random: Random): number[] => {
  const marks = Array.from({ length: parts }, () => 0.5 + random.unit())
  const sum = marks.reduce((total, mark) => total + mark, 0)
  let given = 0
  let reached = 0
  return marks.map((mark) => {
    reached += mark
    const upTo = Math.round((whole * reached) / sum)
    const part = upTo - given
    given = upTo
    return part
  })
}

const sourceOf = (nth: number): Source => ({
  id: `s${nth}`,
  title: `The log of the lighthouse, part ${nth + 1}`,
  kind: 'Article',
  tier: 'primary',
  publisher: 'Harbour Office',
  description: 'What the keepers wrote down each night.',
  claim: 'The light was lit before the storm.',
  url: `https://harbour.example/log/${nth + 1}`,
  urlIncomplete: false,
  citedText: 'Lit at dusk, wind from the west, rising.',
  context: 'Written by the second keeper.',
  keyPoints: ['lit at dusk', 'wind from the west'],
})
