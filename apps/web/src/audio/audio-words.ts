import type { Audio } from '@stet/schema/audio'
import { formatShortClock } from '@stet/schema/timeline'

/** `talk.mp3 · 58:12 · 54.1 MB`; what is not known is left out. */
export const audioWords = (audio: Audio): string =>
  [
    audio.kind === 'link' ? audio.url : audio.name || 'Recording',
    ...(audio.seconds === null ? [] : [formatShortClock(audio.seconds)]),
    ...(audio.bytes === null ? [] : [sizeWords(audio.bytes)]),
  ].join(' · ')

const sizeWords = (bytes: number): string =>
  bytes < 100_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** What an import of times did, and what it left alone. `nameOf` tells a turn by its first words. */
export const alignedWords = (recorded: number, unmatched: readonly string[]): string => {
  const said = `Recorded ${recorded} ${recorded === 1 ? 'start' : 'starts'}.`
  if (unmatched.length === 0) return said
  const shown = unmatched.slice(0, 3).map((words) => `“${words}”`)
  const more = unmatched.length - shown.length
  return `${said} ${unmatched.length} ${unmatched.length === 1 ? 'turn was' : 'turns were'} not found in it and left as ${unmatched.length === 1 ? 'it was' : 'they were'}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}
