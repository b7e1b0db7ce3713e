import type { Snapshot } from '@stet/schema/snapshot'
import { type Caption, captionClock, captionsOf } from './captions.ts'
import { spokenTurns } from './spoken-turns.ts'

/** Two lines of 65 characters, the longest that podcast players show whole. */
const MEASURE = { width: 65, lines: 2 }

/**
 * WebVTT. The first card of each turn names the voice, and the ids say which cards are one turn (`turn-3`, `turn-3-2`), so
 * that two turns of one speaker in a row are told apart.
 */
export const renderVtt = (snapshot: Snapshot): string => {
  const cards = spokenTurns(snapshot).flatMap((turn, index) =>
    captionsOf(turn, turn.words, MEASURE, snapshot.language).map((caption) => cardText(caption, index + 1)),
  )
  return ['WEBVTT\n', ...cards].join('\n')
}

const cardText = ({ turn, card, start, end, lines }: Caption, number: number): string => {
  const id = card === 1 ? `turn-${number}` : `turn-${number}-${card}`
  const voice = card === 1 && turn.speaker !== '' ? `<v ${annotation(turn.speaker)}>` : ''
  const clocks = `${captionClock(start, '.')} --> ${captionClock(end, '.')}`
  return `${id}\n${clocks}\n${voice}${lines.map(escaped).join('\n')}\n`
}

/** Hyphens at its end would make an arrow with the end of the tag; white space there is not read. */
const annotation = (name: string): string => (name.endsWith('--') ? `${escaped(name)} ` : escaped(name))

/** No character of a name or a line can begin a tag, end one, or make an arrow. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
