import { z } from 'zod'
import { DEFAULT_PACE, type RecordedSpeech } from './pace.ts'
import type { Site } from './revision.ts'
import { Seconds } from './snapshot.ts'

/** What holds for every dispatch of a show, and what a reader is told of it. The owner writes it; its address is the server's. */

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `expected at most ${max} characters`)
    .refine((text) => !/[\n\r]/.test(text), 'expected a single line')
const prose = (max: number) => z.string().trim().max(max, `expected at most ${max} characters`)
const distinct = <T>(keyOf: (one: T) => string) =>
  [(list: readonly T[]) => new Set(list.map(keyOf)).size === list.length, 'expected each once'] as const

/** Spoken characters a second, for who has recorded nothing yet. Slower or faster than this nobody speaks for long. */
export const Pace = z
  .number()
  .min(DEFAULT_PACE / 2, 'nobody speaks as slowly')
  .max(DEFAULT_PACE * 2, 'nobody speaks as fast')

/** Who may speak in a new dispatch. `pace` null: it is learnt from what they record. */
export const RosterSpeaker = z.strictObject({
  name: line(80).min(1, 'give a name'),
  color: z.int().min(1).max(6),
  pace: Pace.nullable(),
})
export type RosterSpeaker = z.infer<typeof RosterSpeaker>

export const Show = z.strictObject({
  name: line(120).min(1, 'give the show a name'),
  /** For the front page, for feeds and for search engines. */
  description: prose(1_000),
  /** BCP 47 tag: what a new dispatch is written in, and what the show’s own pages are in. */
  language: z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'expected a language tag such as "en"'),
  /** How long a dispatch is meant to become; null: nobody says. */
  targetSeconds: Seconds.min(1).nullable(),
  speakers: z
    .array(RosterSpeaker)
    .max(30, 'expected at most 30')
    .refine(...distinct<RosterSpeaker>(({ name }) => name.toLowerCase())),
  /** Offered after `[`, without brackets. */
  cues: z
    .array(line(40).min(1))
    .max(60, 'expected at most 60')
    .refine(...distinct<string>((cue) => cue)),
  /** Offered for a source: one word each. */
  sourceKinds: z
    .array(
      line(40)
        .min(1)
        .refine((kind) => !/\s/.test(kind), 'expected one word'),
    )
    .max(40, 'expected at most 40')
    .refine(...distinct<string>((kind) => kind)),
  /** What readers may do with it, such as "CC BY 4.0"; or empty. */
  licence: line(200),
  /** What readers are told of the use of machines in the making; or empty. */
  aiNote: prose(1_000),
})
export type Show = z.infer<typeof Show>

/** What readers are told of the show on every page, beside its address. */
export const toldOf = ({ name, description, language, licence, aiNote }: Show): Omit<Site, 'url'> => ({
  name,
  language,
  ...(description === '' ? {} : { description }),
  ...(licence === '' ? {} : { licence }),
  ...(aiNote === '' ? {} : { aiNote }),
})

/** What is stated weighs as much as so many recorded seconds: recordings tell more, in time. */
const STATED_SECONDS = 60

/** The paces that the show states, as if they had been learnt. */
export const statedSpeech = (speakers: Show['speakers']): RecordedSpeech[] =>
  speakers.flatMap(({ name, pace }) =>
    pace === null ? [] : [{ name, characters: pace * STATED_SECONDS, seconds: STATED_SECONDS }],
  )

/** A show of which nobody has said anything yet. */
export const newShow = (name: string): Show => ({
  name,
  description: '',
  language: 'en',
  targetSeconds: null,
  speakers: [],
  cues: ['laughs', 'sighs', 'pause', 'clears throat', 'music', 'tsk'],
  sourceKinds: ['Article', 'Thread', 'Video', 'Audio', 'Data', 'Paper', 'Book', 'Document', 'Interview', 'Website'],
  licence: '',
  aiNote: '',
})
