import { alignTimes } from '@stet/import/align-times'
import type { Passage } from '@stet/import/passages'
import { createRandom } from './editor-speed/random.ts'

/** How long it takes to find the times of a one-hour dispatch in a transcript that heard one word in ten otherwise. */

const [WORDS, IN_A_TURN, IN_A_CARD, RUNS] = [9_600, 32, 9, 20]
const SECONDS_A_WORD = 3_600 / WORDS

const { below } = createRandom(7)
/** Common words come often, as in speech. */
const word = () => `w${Math.floor(below(60) ** 2 / (1 + below(8)))}`
const written = Array.from({ length: WORDS }, word)
const heard = written.flatMap((each) => (below(10) > 0 ? [each] : below(2) > 0 ? [word()] : []))

const inParts = (words: readonly string[], size: number) =>
  Array.from({ length: Math.ceil(words.length / size) }, (_, nth) => words.slice(nth * size, (nth + 1) * size).join(' '))
const turns = inParts(written, IN_A_TURN).map((text, nth) => ({ id: `t${nth}`, text }))
const passages = inParts(heard, IN_A_CARD).map((text, nth, { length }): Passage => {
  const [start, end] = [(nth * 3_600) / length, ((nth + 1) * 3_600) / length]
  return { line: nth + 1, start, end, voice: null, text }
})

const milliseconds = Array.from({ length: RUNS }, () => {
  const begun = performance.now()
  alignTimes(turns, passages)
  return performance.now() - begun
}).toSorted((a, b) => a - b)
const { starts } = alignTimes(turns, passages)
const errors = turns.flatMap(({ id }, nth) => {
  const start = starts.get(id)
  return start === undefined ? [] : [Math.abs(start - nth * IN_A_TURN * SECONDS_A_WORD)]
})
const mean = errors.reduce((sum, each) => sum + each, 0) / errors.length
process.stdout.write(
  `${WORDS} words, ${turns.length} turns: median ${milliseconds[RUNS / 2]?.toFixed(0)} ms, worst ${milliseconds.at(-1)?.toFixed(0)} ms; ` +
    `${starts.size} starts found, off by ${mean.toFixed(1)} s on average, ${Math.max(...errors).toFixed(1)} s at worst\n`,
)
