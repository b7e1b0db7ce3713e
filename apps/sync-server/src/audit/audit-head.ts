import { openHeadFile, readHeadFile } from '../log/head-file.ts'
import type { AuditEntry } from './audit-log.ts'

/**
 * The newest entry of the audit log, kept outside of its database: without it a log whose end was cut off looks like one to which
 * less was added. It never says more than was committed.
 */
export type AuditHead = {
  /** As of the last start; null: it says nothing. */
  readonly found: KnownEnd | null
  readonly set: (entry: KnownEnd) => void
  readonly close: () => void
}
export type KnownEnd = Pick<AuditEntry, 'seq' | 'hash'>

/** The head file is made for many logs; here it has one. */
const NAME = 'audit'

export const openAuditHead = (file: string, onFailed: (error: Error) => void): AuditHead => {
  const heads = openHeadFile(file, onFailed)
  heads.reserve(NAME)
  return {
    found: endIn(heads),
    set: ({ seq, hash }) => heads.set(NAME, { seq, hash: Buffer.from(hash, 'hex'), lineage: '' }),
    close: heads.close,
  }
}

export const readAuditHead = (file: string): KnownEnd | null => endIn(readHeadFile(file))

const endIn = ({ heads }: Pick<ReturnType<typeof readHeadFile>, 'heads'>): KnownEnd | null => {
  const head = heads.get(NAME)
  return head === undefined || head.seq === 0 ? null : { seq: head.seq, hash: Buffer.from(head.hash).toString('hex') }
}

/** What the head tells that the log does not show; null: the log holds what it should. */
export const lostSince = (head: KnownEnd | null, newest: number, entryAt: (seq: number) => KnownEnd | null): string | null => {
  if (head === null) return null
  if (newest < head.seq) return `entries ${newest + 1} to ${head.seq} are gone from its end`
  return entryAt(head.seq)?.hash === head.hash ? null : `entry ${head.seq} is not what was written`
}
