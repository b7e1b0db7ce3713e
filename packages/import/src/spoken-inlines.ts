import type { Inline } from '@stet/schema/snapshot'

/** `[tsk]`, `[long pause]`: 1 to 40 lower-case letters, spaces, hyphens and apostrophes, one letter at least. */
const CUE = /\[(?=[^\]]*\p{Ll})([\p{Ll} '’-]{1,40})\]/gu

/** The words of a turn as text and cues. The space after a cue stays with the text. */
export const spokenInlines = (words: string): Inline[] => {
  const inlines: Inline[] = []
  const addText = (text: string) => {
    if (text !== '') inlines.push({ type: 'text', text })
  }
  let end = 0
  for (const match of words.matchAll(CUE)) {
    addText(words.slice(end, match.index))
    inlines.push({ type: 'cue', cue: match[1] ?? '' })
    end = match.index + match[0].length
  }
  addText(words.slice(end))
  return inlines
}
