import { alignTimes } from '@stet/import/align-times'
import { formatFault } from '@stet/import/import-outcome'
import { passagesOfFile } from '@stet/import/passages-of-file'
import { type Snapshot, spokenText } from '@stet/schema/snapshot'

export type TimesOfFile =
  | { readonly ok: true; readonly starts: ReadonlyMap<string, number>; readonly unmatched: readonly string[] }
  | { readonly ok: false; readonly fault: string }

const FIRST_WORDS = 4

/** The starts that a transcript gives the turns of a dispatch; `unmatched` tells the others by their first words. */
export const timesOfFile = async (file: File, { body }: Snapshot): Promise<TimesOfFile> => {
  const read = passagesOfFile(file.name, await file.text())
  if (!read.ok) return { ok: false, fault: `${file.name}, ${formatFault(read.fault)}.` }
  const turns = body.flatMap((block) => (block.kind === 'turn' ? [{ id: block.id, text: spokenText(block.content) }] : []))
  const { starts, unmatched } = alignTimes(turns, read.passages)
  const firstWords = new Map(turns.map(({ id, text }) => [id, text.split(/\s+/).slice(0, FIRST_WORDS).join(' ')]))
  return { ok: true, starts, unmatched: unmatched.map((id) => firstWords.get(id) ?? '') }
}
