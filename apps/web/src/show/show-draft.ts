import { problemsOf } from '@stet/schema/finding'
import { type RosterSpeaker, Show } from '@stet/schema/show'
import { formatShortClock } from '@stet/schema/timeline'
import { parseLength } from '../times/length.ts'

/** The settings as they stand in the boxes of a form: what is typed, sound or not. */
export type ShowDraft = {
  readonly name: string
  readonly description: string
  readonly language: string
  readonly target: string
  readonly speakers: readonly SpeakerDraft[]
  /** One a line. */
  readonly cues: string
  readonly sourceKinds: string
  readonly licence: string
  readonly aiNote: string
}
/** `key` is of this form alone. */
export type SpeakerDraft = { readonly key: string; readonly name: string; readonly color: number; readonly pace: string }

export type ShowRead =
  | { readonly ok: true; readonly show: Show }
  /** By the field of the draft; a speaker's under `speakers.<key>`. */
  | { readonly ok: false; readonly faults: ReadonlyMap<string, string> }

export const draftOf = (show: Show): ShowDraft => ({
  name: show.name,
  description: show.description,
  language: show.language,
  target: show.targetSeconds === null ? '' : formatShortClock(show.targetSeconds),
  speakers: show.speakers.map((speaker, index) => speakerDraft(speaker, `stored ${index}`)),
  cues: show.cues.join('\n'),
  sourceKinds: show.sourceKinds.join('\n'),
  licence: show.licence,
  aiNote: show.aiNote,
})

export const speakerDraft = ({ name, color, pace }: RosterSpeaker, key: string): SpeakerDraft => ({
  key,
  name,
  color,
  pace: pace === null ? '' : String(pace),
})

/** What the form says, or what is wrong where. */
export const readDraft = (draft: ShowDraft): ShowRead => {
  const target = draft.target.trim() === '' ? null : parseLength(draft.target)
  const { name: showName, description, language, licence, aiNote } = draft
  const read = Show.safeParse({
    name: showName,
    description,
    language,
    licence,
    aiNote,
    targetSeconds: target,
    speakers: draft.speakers.map(({ name, color, pace }) => ({
      name,
      color,
      pace: pace.trim() === '' ? null : Number(pace.replace(',', '.')),
    })),
    cues: linesOf(draft.cues.replaceAll(/[[\]]/g, '')),
    sourceKinds: linesOf(draft.sourceKinds),
  })
  const faults = new Map<string, string>()
  if (draft.target.trim() !== '' && target === null) faults.set('target', 'minutes, such as 12, or 12:30')
  if (!read.success)
    for (const { path, message } of problemsOf(read.error)) {
      const [field, index] = path
      const place = field === 'speakers' && typeof index === 'number' ? `speakers.${draft.speakers[index]?.key}` : String(field)
      if (!faults.has(place)) faults.set(place, message)
    }
  return read.success && faults.size === 0 ? { ok: true, show: read.data } : { ok: false, faults }
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
