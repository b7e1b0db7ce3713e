import { z } from 'zod'

/**
 * How fast a speaker speaks, in spoken characters (`spoken-length.ts`) a second, learnt from recorded turns. What is
 * learnt is a sum of characters and seconds, so that dispatches add up, and a long turn tells more than a short one.
 */
export const RecordedSpeech = z.strictObject({
  /** The speaker's name: it is what two dispatches of a show have in common. */
  name: z.string(),
  characters: z.number().min(0),
  seconds: z.number().min(0),
})
export type RecordedSpeech = z.infer<typeof RecordedSpeech>

/**
 * For who has not recorded anything. Measured on real narration: 15.8 to 16.8 characters a second, and 4 % more where
 * pauses count as characters, as they do here.
 */
export const DEFAULT_PACE = 17

/**
 * The default weighs as much as so many recorded seconds. Speakers differ by about 9 % from one another, while one turn
 * of 20 s tells a speaker's pace to about 5 %: so a turn or two are enough to believe it.
 */
const DEFAULT_SECONDS = 10

/** A turn that was slower or faster than this was not only speech: music, a cut, words changed since. */
const SLOWEST = DEFAULT_PACE / 2
const FASTEST = DEFAULT_PACE * 2

/** A turn whose start and whose next turn's start are recorded. */
export type RecordedTurn = { readonly name: string; readonly characters: number; readonly seconds: number }

/** What recorded turns tell of each speaker. */
export const learnSpeech = (turns: Iterable<RecordedTurn>): RecordedSpeech[] => {
  const learnt = new Map<string, RecordedSpeech>()
  for (const { name, characters, seconds } of turns) {
    const pace = characters / seconds
    if (nameKey(name) !== '' && pace >= SLOWEST && pace <= FASTEST) addTo(learnt, { name, characters, seconds })
  }
  return [...learnt.values()]
}

/** A pace for every name: the default, giving way to what is learnt. */
export const createPaces = (speeches: Iterable<RecordedSpeech>): ((name: string) => number) => {
  const learnt = new Map<string, RecordedSpeech>()
  for (const speech of speeches) addTo(learnt, speech)
  return (name) => {
    const { characters, seconds } = learnt.get(nameKey(name)) ?? NOTHING
    return (characters + DEFAULT_PACE * DEFAULT_SECONDS) / (seconds + DEFAULT_SECONDS)
  }
}

const NOTHING = { characters: 0, seconds: 0 }

const addTo = (learnt: Map<string, RecordedSpeech>, { name, characters, seconds }: RecordedSpeech): void => {
  const before = learnt.get(nameKey(name)) ?? NOTHING
  learnt.set(nameKey(name), { name, characters: before.characters + characters, seconds: before.seconds + seconds })
}

/** One person, however the name was typed. */
const nameKey = (name: string): string => name.normalize('NFC').trim().toLowerCase()
