import { createLevels } from '../../apps/sync-server/src/sync/levels.ts'
import { type ClockRange, type Scan, type Section, scanUpdate } from '../../apps/sync-server/src/sync/scan-update.ts'

/** Everything is there already, so that any update can be scanned by itself. */
const EVERYTHING = {
  stateVector: { get: () => 2 ** 31, has: () => true } as unknown as Map<number, number>,
  levels: createLevels(),
}

/**
 * Whether an update is put together from these and from nothing else: the server joins updates of one commit by their bytes.
 * Answers what it is not made of; null: it is.
 */
export const createMadeOf = (known: Iterable<Uint8Array>): ((update: Uint8Array) => string | null) => {
  const whole = new Set<string>()
  const sectionsByStart = new Map<string, { readonly bytes: string; readonly length: number }[]>()
  const deletes = new Set<string>()
  for (const update of known) {
    whole.add(hex(update))
    const scan = scanUpdate(update, EVERYTHING)
    if (!scan.ok) continue
    for (const section of scan.inserts) {
      const start = startOf(section)
      sectionsByStart.set(start, [
        ...(sectionsByStart.get(start) ?? []),
        { bytes: bytesOf(update, section), length: section.length },
      ])
    }
    for (const range of scan.deletes) deletes.add(rangeOf(range))
  }
  const isTiled = (bytes: string, client: number, clock: number): boolean =>
    bytes === '' ||
    (sectionsByStart.get(startOf({ client, clock })) ?? []).some(
      (part) => bytes.startsWith(part.bytes) && isTiled(bytes.slice(part.bytes.length), client, clock + part.length),
    )
  return (update) => {
    if (whole.has(hex(update))) return null
    const scan = scanUpdate(update, EVERYTHING) as Scan
    const strange = scan.inserts.find((section) => !isTiled(bytesOf(update, section), section.client, section.clock))
    if (strange !== undefined) return `structs of client ${strange.client} from ${strange.clock} on`
    const deleted = scan.deletes.find((range) => !deletes.has(rangeOf(range)))
    return deleted === undefined ? null : `a deletion of ${rangeOf(deleted)}`
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (update: Uint8Array, { from, to }: Section): string => hex(update.subarray(from, to))
const startOf = ({ client, clock }: Pick<ClockRange, 'client' | 'clock'>): string => `${client}:${clock}`
const rangeOf = ({ client, clock, length }: ClockRange): string => `${client}:${clock}+${length}`
