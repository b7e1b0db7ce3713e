import type { Node } from 'prosemirror-model'
import { type Folded, type Folding, fold } from './folding.ts'

/** A place in a block that a search found. `within`: the letters of a cue's name that matched, when it is in one cue. */
export type Hit = { readonly from: number; readonly to: number; readonly within?: { readonly from: number; readonly to: number } }

export type Wanted = { readonly text: string; readonly wholeWord: boolean }

/**
 * Finds in blocks. What is spoken is read as if cues were not there, so words are found across a cue; the name of a cue
 * is read by itself. Folded texts are kept for as long as their nodes live: a query that grows letter by letter folds
 * nothing again.
 */
export const createBlockSearch = (folding: Folding) => {
  const readings = new WeakMap<Node, readonly Reading[]>()
  return (block: Node, { text, wholeWord }: Wanted): readonly Hit[] => {
    const wanted = fold(text, folding).text
    if (wanted === '') return []
    const known = readings.get(block) ?? readingsOf(block, folding)
    readings.set(block, known)
    const [spoken, ...cues] = known.map((reading) => hitsIn(reading, wanted, wholeWord))
    return cues.length === 0 ? (spoken ?? []) : [...(spoken ?? []), ...cues.flat()].sort((a, b) => a.from - b.from)
  }
}

/** A text to search: what a block says, or the name of one cue at an offset. */
type Reading = { readonly folded: Folded; readonly offsets: readonly number[] | null; readonly cueAt: number | null }

const readingsOf = (block: Node, folding: Folding): readonly Reading[] => {
  let spoken = ''
  let offsets: number[] | null = null
  const cues: Reading[] = []
  block.forEach((inline, at) => {
    if (inline.isText) {
      const text = inline.text ?? ''
      // A cue stands between two spaces; without it one of them goes too.
      const skipped =
        offsets !== null && /\s$/.test(spoken) && /^\s/.test(text) && block.childBefore(at).node?.isText === false ? 1 : 0
      spoken += text.slice(skipped)
      if (offsets) for (let unit = skipped; unit < text.length; unit++) offsets.push(at + unit)
    } else {
      offsets ??= Array.from({ length: spoken.length }, (_, unit) => unit)
      cues.push({ folded: fold(String(inline.attrs['cue']), folding), offsets: null, cueAt: at })
    }
  })
  return [{ folded: fold(spoken, folding), offsets, cueAt: null }, ...cues]
}

const hitsIn = ({ folded: { text, places }, offsets, cueAt }: Reading, wanted: string, wholeWord: boolean): Hit[] => {
  const hits: Hit[] = []
  for (let at = text.indexOf(wanted); at >= 0; ) {
    const end = at + wanted.length
    if (standsFree(text, at, end, wholeWord) && (places === null || isWhole(places, at, end))) {
      const [from, to] = places === null ? [at, end] : [places[at] ?? 0, places[end] ?? 0]
      if (cueAt !== null) hits.push({ from: cueAt, to: cueAt + 1, within: { from, to } })
      else hits.push(offsets === null ? { from, to } : { from: offsets[from] ?? 0, to: (offsets[to - 1] ?? 0) + 1 })
      at = text.indexOf(wanted, end)
    } else at = text.indexOf(wanted, at + 1)
  }
  return hits
}

/** The edges of a match do not part what is written as one: letter and accent, the people of one emoji, a word. */
const standsFree = (text: string, from: number, to: number, wholeWord: boolean): boolean => {
  if (joins(text, to) || text.charCodeAt(from - 1) === JOINER) return false
  return !wholeWord || (isEdge(text, from) && isEdge(text, to))
}

const JOINER = 0x200d

/** Whether what stands at a place belongs to the letter or sign before it. Most text is below the first accent. */
const joins = (text: string, at: number): boolean =>
  text.charCodeAt(at) >= 0x300 && /[\p{M}\p{EMod}\u200d]/u.test(characterAt(text, at))

const isEdge = (text: string, at: number): boolean =>
  !isWordLetter(characterBefore(text, at)) || !isWordLetter(characterAt(text, at))

/** What is written without spaces between words has no edges to look for. */
const isWordLetter = (character: string): boolean =>
  /[\p{L}\p{N}\p{M}_]/u.test(character) &&
  !/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u.test(character)

const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

const characterBefore = (text: string, at: number): string => {
  const isPair = /[\ud800-\udbff]/.test(text[at - 2] ?? '') && /[\udc00-\udfff]/.test(text[at - 1] ?? '')
  return text.slice(isPair ? at - 2 : Math.max(at - 1, 0), at)
}

const isWhole = (places: readonly number[], from: number, to: number): boolean =>
  (from === 0 || places[from] !== places[from - 1]) && places[to] !== places[to - 1]
