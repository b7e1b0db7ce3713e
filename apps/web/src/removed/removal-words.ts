import type { RemovedBlock } from '@stet/schema/layout/removed-blocks'

/** Removals in words. `nameOf` answers a speaker's name, empty for nobody. */
export type NameOf = (speaker: string | null) => string

/** `Pell’s turn`, `a turn`, `a chapter` */
export const whatWasRemoved = ({ kind, speaker }: RemovedBlock, nameOf: NameOf): string => {
  const name = kind === 'turn' ? nameOf(speaker) : ''
  return name === '' ? `a ${kind}` : `${name}’s turn`
}

/** `in “The lamp”, after Pell: “One mark …”` */
export const whereItStood = ({ stoodIn: { chapter, after } }: RemovedBlock, nameOf: NameOf): string => {
  const inChapter = chapter === null ? '' : `“${shortened(chapter) || 'Untitled'}”`
  if (after === null) return chapter === null ? 'at the beginning' : `at the beginning of ${inChapter}`
  const name = nameOf(after.speaker)
  const words = shortened(after.words)
  const neighbour = `after ${name}${name !== '' && words !== '' ? ': ' : ''}${words === '' ? (name === '' ? 'an empty one' : '') : `“${words}”`}`
  return chapter === null ? neighbour : `in ${inChapter}, ${neighbour}`
}

/** The first words, at most about `length` characters. */
export const shortened = (text: string, length = 48): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= length) return line
  const cut = line.slice(0, length)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2)).trimEnd()} …`
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** `5 minutes ago`; `just now` under a minute, and for a clock that is ahead of ours. */
export const timeAgo = (at: Date, now: Date, language = 'en'): string => {
  const seconds = (now.getTime() - at.getTime()) / 1_000
  for (const [unit, length] of UNITS)
    if (seconds >= length)
      return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(seconds / length), unit)
  return 'just now'
}
