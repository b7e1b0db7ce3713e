import type { Author, NamedMoment, Session } from '@stet/schema/contract/history'

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
