import { spokenText } from '@stet/schema/snapshot'
import { timelineOf } from '@stet/schema/timeline'
import { anchorsOf } from './anchors.ts'
import { type ArchiveEntry, archiveEntry, type RevisionSummary } from './archive-entry.ts'

/** Search over all that is published: every word asked for in one turn, title or paragraph, whatever its case and accents. */

export const LONGEST_QUERY = 100
export const MOST_WORDS = 8
/** More than anyone reads; it also bounds what an answer costs. */
export const MOST_FOUND = 50

/** A turn, chapter, heading or paragraph; the title and summary are one as well. */
export type Place = {
  /** '' for the page itself. */
  readonly anchor: string
  /** Of a turn: when, in seconds, and who. */
  readonly start: number | null
  readonly speaker: string
  readonly words: string
}

/** What is searched of one dispatch or essay; made once for each revision. */
export type SearchedText = {
  readonly entry: ArchiveEntry
  readonly places: readonly Place[]
  /** The words of each place folded, a line for each. */
  readonly folded: string
}

export const searchedText = (summary: RevisionSummary): SearchedText => {
  const { snapshot } = summary
  const anchors = anchorsOf(snapshot.body)
  const timeline = timelineOf(snapshot)
  const names = new Map(snapshot.speakers.map(({ id, name }) => [id, name]))
  const spoken = snapshot.body.map(
    (block): Place => ({
      anchor: anchors.get(block.id) ?? '',
      start: block.kind === 'turn' ? (timeline.get(block.id)?.start ?? 0) : null,
      speaker: block.kind === 'turn' ? (names.get(block.speaker ?? '') ?? '') : '',
      words: oneLine(spokenText(block.content)),
    }),
  )
  const head = { anchor: '', start: null, speaker: '', words: oneLine(`${snapshot.title} — ${snapshot.summary}`) }
  const places = [head, ...spoken].filter(({ words }) => words !== '')
  return { entry: archiveEntry(summary), places, folded: places.map(({ words }) => folded(words)).join('\n') }
}

/** What is looked for: the words of a query, each once, as many as are reasonable. */
export const soughtWords = (query: string): string[] =>
  [...new Set(folded(query.slice(0, LONGEST_QUERY)).split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== '').slice(0, MOST_WORDS)

export type Found = { readonly entry: ArchiveEntry; readonly place: Place }

/** In the order of the texts; at most `MOST_FOUND`. */
export const search = (texts: readonly SearchedText[], words: readonly string[]): Found[] => {
  const found: Found[] = []
  // The longest word is the rarest, most often: only where it stands, the others are looked for.
  const [rarest, ...others] = words.toSorted((a, b) => b.length - a.length)
  if (rarest === undefined) return found
  for (const { entry, places, folded: text } of texts) {
    if (!words.every((word) => text.includes(word))) continue
    for (const { nth, line } of linesWith(text, rarest)) {
      const place = places[nth]
      if (place === undefined || !others.every((word) => line.includes(word))) continue
      found.push({ entry, place })
      if (found.length === MOST_FOUND) return found
    }
  }
  return found
}

function* linesWith(text: string, word: string): Generator<{ nth: number; line: string }> {
  let nth = 0
  let counted = 0
  for (let at = text.indexOf(word); at >= 0; ) {
    for (let end = text.indexOf('\n', counted); end >= 0 && end < at; end = text.indexOf('\n', counted)) {
      nth++
      counted = end + 1
    }
    const end = text.indexOf('\n', at)
    yield { nth, line: text.slice(counted, end < 0 ? undefined : end) }
    at = end < 0 ? -1 : text.indexOf(word, end)
  }
}

export type Stretch = { readonly text: string; readonly isFound: boolean }

/** Words around the first that was found, and which of them were. */
export const excerpt = (text: string, words: readonly string[]): Stretch[] => {
  const { letters, isFound } = markedLetters(text, words)
  const first = Math.max(0, isFound.indexOf(true))
  const from = first <= BEFORE ? 0 : wordStart(letters, first - BEFORE)
  const to = letters.length <= from + EXCERPT ? letters.length : wordEnd(letters, from + EXCERPT)
  const stretches: { text: string; isFound: boolean }[] = []
  for (let nth = from; nth < to; nth++) {
    const last = stretches.at(-1)
    const is = isFound[nth] ?? false
    if (last?.isFound === is) last.text += letters[nth] ?? ''
    else stretches.push({ text: letters[nth] ?? '', isFound: is })
  }
  const cut = { text: '…', isFound: false }
  return [...(from > 0 ? [cut] : []), ...stretches, ...(to < letters.length ? [cut] : [])]
}

/** Letters of an excerpt, and how many of them may stand before what was found. */
const EXCERPT = 280
const BEFORE = 80

const wordStart = (letters: readonly string[], from: number): number => {
  const space = letters.indexOf(' ', from)
  return space < 0 || space > from + 30 ? from : space + 1
}

const wordEnd = (letters: readonly string[], to: number): number => {
  const space = letters.lastIndexOf(' ', to)
  return space < to - 30 ? to : space
}

/** Folding may make one letter of two or two of one, so each is folded by itself and its places are kept. */
const markedLetters = (text: string, words: readonly string[]): { letters: string[]; isFound: boolean[] } => {
  const letters = [...text]
  const origins: number[] = []
  const line = letters
    .map((letter, nth) => {
      const folding = folded(letter)
      for (let unit = 0; unit < folding.length; unit++) origins.push(nth)
      return folding
    })
    .join('')
  const isFound = letters.map(() => false)
  for (const word of words)
    for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + word.length))
      for (let unit = at; unit < at + word.length; unit++) isFound[origins[unit] ?? 0] = true
  return { letters, isFound }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const folded = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII, which has nothing but case to fold
  (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replaceAll(/\p{M}/gu, '')).toLowerCase()
