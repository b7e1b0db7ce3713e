import { createHash } from 'node:crypto'
import type { AuditEntry } from './audit-log.ts'

/** What stands before the first entry. */
export const FIRST_HASH = '0'.repeat(64)

/** Changed, taken out, put in or put elsewhere: any of these breaks the chain from there on. */
export const auditHash = (before: string, { seq, at, act, by, about, address }: Omit<AuditEntry, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([before, seq, at, act, by, about, address]))
    .digest('hex')

/** The seq of the first entry that is not what was written, or does not follow the one before it; null: all are sound. */
export const firstBreak = (entries: Iterable<AuditEntry>): number | null => {
  let [seq, hash] = [0, FIRST_HASH]
  for (const entry of entries) {
    seq += 1
    if (entry.seq !== seq || auditHash(hash, entry) !== entry.hash) return seq
    hash = entry.hash
  }
  return null
}
