import type { Author, BlockChange, NamedMoment, Session } from '@stet/schema/contract/history'
import type { Block } from '@stet/schema/snapshot'
import { formatShortClock } from '@stet/schema/timeline'

/** History in words. Times are the reader's own; `now` is given, so that yesterday is a day that can be tested. */

const LANGUAGE = 'en-GB'

/** `Today`, `Yesterday`, `Monday 2 March`, and with its year one of another year. */
export const dayOf = (iso: string, now: Date): string => {
  const at = new Date(iso)
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
  if (days <= 0) return 'Today'
  if (days === 1) return 'Yesterday'
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return at.toLocaleDateString(LANGUAGE, { weekday: 'long', day: 'numeric', month: 'long', ...year }).replace(',', '')
}

const startOfDay = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** `14:02` */
export const clockOf = (iso: string): string => new Date(iso).toLocaleTimeString(LANGUAGE, { hour: '2-digit', minute: '2-digit' })

/** `14:02 to 14:31`, or `14:02` */
export const whenOf = ({ begunAt, endedAt }: Pick<Session, 'begunAt' | 'endedAt'>): string => {
  const [begun, ended] = [clockOf(begunAt), clockOf(endedAt)]
  return begun === ended ? ended : `${begun} to ${ended}`
}

/** `today at 14:02`, `on Monday 2 March at 14:02` */
export const momentOf = (iso: string, now: Date): string => {
  const day = dayOf(iso, now)
  return `${day === 'Today' || day === 'Yesterday' ? day.toLowerCase() : `on ${day}`} at ${clockOf(iso)}`
}

/** `14:02`, `yesterday at 14:02`, `Monday 2 March at 14:02` */
export const sinceOf = (iso: string, now: Date): string => momentOf(iso, now).replace(/^on |^today at /, '')

/** `1,204 characters written, 87 erased` */
export const howMuch = ({ written, erased }: Pick<Session, 'written' | 'erased'>): string => {
  const count = (number: number) => number.toLocaleString(LANGUAGE)
  const characters = (number: number) => `${count(number)} ${number === 1 ? 'character' : 'characters'}`
  if (written === 0 && erased === 0) return 'nothing written'
  if (erased === 0) return `${characters(written)} written`
  return written === 0 ? `${characters(erased)} erased` : `${characters(written)} written, ${count(erased)} erased`
}

export const nameOf = ({ name }: Author): string => name ?? 'Somebody'

/** `Ada`, `Ada and Bo`, `Ada, Bo and Cy` */
export const namesOf = (authors: readonly Author[]): string =>
  new Intl.ListFormat(LANGUAGE, { type: 'conjunction' }).format([...new Set(authors.map(nameOf))])

export type Entry =
  | { readonly kind: 'session'; readonly key: string; readonly at: string; readonly session: Session }
  | { readonly kind: 'moment'; readonly key: string; readonly at: string; readonly moment: NamedMoment }

export type Day = { readonly name: string; readonly entries: readonly Entry[] }

/** Newest first; a named moment stands above the session that ended with it. Moments older than `since` wait for their page. */
export const daysOf = (
  sessions: readonly Session[],
  moments: readonly NamedMoment[],
  since: number | null,
  now: Date,
): readonly Day[] => {
  const entries = [
    ...moments
      .filter(({ seq }) => since === null || seq >= since)
      .map((moment): Entry & { seq: number } => ({
        kind: 'moment',
        key: `moment ${moment.id}`,
        at: moment.at,
        seq: moment.seq,
        moment,
      })),
    ...sessions.map((session): Entry & { seq: number } => ({
      kind: 'session',
      key: `session ${session.to}`,
      at: session.endedAt,
      seq: session.to,
      session,
    })),
  ].sort((a, b) => b.seq - a.seq)
  const days: { name: string; entries: Entry[] }[] = []
  for (const entry of entries) {
    const name = dayOf(entry.at, now)
    const last = days.at(-1)
    if (last?.name === name) last.entries.push(entry)
    else days.push({ name, entries: [entry] })
  }
  return days
}

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
  if (Array.isArray(value)) return value.map((each) => fieldText('', each)).join('\n')
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([key, each]) => key !== 'id' && key !== 'color' && each !== '')
      .map(([, each]) => fieldText('', each))
      .join(', ')
  return String(value)
}
