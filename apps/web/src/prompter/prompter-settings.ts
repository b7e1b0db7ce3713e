import { z } from 'zod'
import { FASTEST, SLOWEST } from './reading-time.ts'

/** How this device prompts. It is remembered here and goes nowhere else. */
export const SMALLEST_TEXT = 1
export const LARGEST_TEXT = 6

const PrompterSettings = z.object({
  /** A speaker's name, since every dispatch has a roster of its own; '' for nobody, null while nobody was chosen. */
  me: z.string().nullable().catch(null),
  /** Null: as fast as the script is estimated. */
  wordsPerMinute: z.number().min(SLOWEST).max(FASTEST).nullable().catch(null),
  /** In rem. */
  textSize: z.number().min(SMALLEST_TEXT).max(LARGEST_TEXT).nullable().catch(null),
  isMirrored: z.boolean().catch(false),
  isDarkOnLight: z.boolean().catch(false),
})
export type PrompterSettings = z.infer<typeof PrompterSettings>

const KEY = 'stet prompter'

/** What is not there or does not read is as at the first time. */
export const readSettings = (storage: Pick<Storage, 'getItem'>): PrompterSettings => {
  let stored: unknown = {}
  try {
    stored = JSON.parse(storage.getItem(KEY) ?? '{}')
  } catch {
    // A browser that keeps nothing, or what is no JSON.
  }
  return PrompterSettings.parse(typeof stored === 'object' && stored !== null ? stored : {})
}

export const keepSettings = (storage: Pick<Storage, 'setItem'>, settings: PrompterSettings): void => {
  try {
    storage.setItem(KEY, JSON.stringify(settings))
  } catch {
    // Kept for this page only.
  }
}

/** Which voice of the roster is at this device: the one chosen, or else the one named like the person signed in. */
export const ownVoice = <Voice extends { readonly name: string }>(
  me: string | null,
  person: string,
  roster: readonly Voice[],
): Voice | null => {
  const named = (name: string) => roster.find((voice) => voice.name.trim() !== '' && sameName(voice.name, name)) ?? null
  return named(me ?? person)
}

const sameName = (a: string, b: string) => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase()
