import { type Given, readGiven } from './given.ts'

/** Who speaks a text, as its markers say: whom the block was born with (`speaker`), and whom it was given to (`by:<id>`). */
export type Voice = Given & { readonly speaker: string | null }

export const VOICE_KEY = 'by:'

/** A part that was split off says nothing unless its split gave it away: it is spoken by who speaks its whole. */
export const readVoices = (segment: string, fields: Readonly<Record<string, unknown>>): readonly Voice[] => {
  const named = (value: unknown) => (typeof value === 'string' ? value : null)
  const given = readGiven(VOICE_KEY, fields).map(({ value, ...each }): Voice => ({ ...each, speaker: named(value['speaker']) }))
  if (fields['splitFrom'] !== undefined) return given
  return [{ id: segment, n: 0, upTo: '', keeps: null, speaker: named(fields['speaker']) }, ...given]
}
