import { Audio } from './audio.ts'
import type { BlockChange } from './changes.ts'
import type { Block, Source } from './snapshot.ts'
import { formatShortClock } from './timeline.ts'

/** Changes in words, for the desk and for readers alike. */

/** What happened to a block beside its words. `speakerOf` answers a speaker's name, empty for nobody. */
export const besideWords = (
  { before, after, moved }: Pick<BlockChange, 'before' | 'after' | 'moved'>,
  speakerOf: (id: string | null) => string,
): string[] => {
  if (before === null || after === null) return []
  const notes = moved ? ['moved'] : []
  if (before.kind !== after.kind) notes.push(`made a ${after.kind}`)
  if (before.kind === 'turn' && after.kind === 'turn' && before.speaker !== after.speaker)
    notes.push(`given to ${speakerOf(after.speaker) || 'nobody'}`)
  if (before.kind === 'heading' && after.kind === 'heading' && before.level !== after.level)
    notes.push(`made level ${after.level}`)
  const [from, to] = [startOf(before), startOf(after)]
  if (from !== to) notes.push(to === null ? 'start unlocked' : `starts at ${formatShortClock(to)}`)
  if (plain(before) === plain(after) && JSON.stringify(before.content) !== JSON.stringify(after.content))
    notes.push('marks or citations changed')
  return notes
}

const startOf = (block: Block): number | null => ('start' in block ? block.start : null)

const plain = ({ content }: Block): string =>
  content.map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`)).join('')

/** `Orrin’s turn`, `Chapter`, `Turn` */
export const blockName = (block: Block, speakerOf: (id: string | null) => string): string => {
  const name = block.kind === 'turn' ? speakerOf(block.speaker) : ''
  return name === '' ? block.kind.charAt(0).toUpperCase() + block.kind.slice(1) : `${name}’s turn`
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  targetSeconds: 'Target length',
  quote: 'Pull quote',
}

export const fieldName = (field: string): string => FIELD_NAMES[field] ?? field.charAt(0).toUpperCase() + field.slice(1)

/** A field’s value as lines that can be compared. */
export const fieldText = (field: string, value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (field === 'targetSeconds' && typeof value === 'number') return formatShortClock(value)
  const audio = field === 'audio' ? Audio.safeParse(value) : null
  if (audio?.success) return audioText(audio.data)
  if (Array.isArray(value)) return value.map((each) => fieldText('', each)).join('\n')
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([key, each]) => key !== 'id' && key !== 'color' && each !== '')
      .map(([, each]) => fieldText('', each))
      .join(', ')
  return String(value)
}

const audioText = (audio: Audio): string =>
  [
    audio.kind === 'link' ? audio.url : audio.name || audio.type,
    ...(audio.seconds === null ? [] : [formatShortClock(audio.seconds)]),
  ].join(', ')

export type SourceDifference = { readonly field: string; readonly name: string; readonly was: string; readonly is: string }

/** The fields in which two states of a source are not the same, as text. */
export const sourceDifferences = (before: Source, after: Source): SourceDifference[] =>
  Object.keys(after)
    .filter((field) => field !== 'id' && field !== 'urlIncomplete')
    .map((field) => ({
      field,
      name: SOURCE_FIELDS[field] ?? fieldName(field),
      was: fieldText(field, before[field as keyof Source]),
      is: fieldText(field, after[field as keyof Source]),
    }))
    .filter(({ was, is }) => was !== is)

const SOURCE_FIELDS: Readonly<Record<string, string>> = {
  url: 'Link',
  citedText: 'Cited text',
  keyPoints: 'Key points',
}
