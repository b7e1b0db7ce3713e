/** What was done that bears on who may do what, or on what the public sees. */
export const AUDIT_ACTS = [
  'came by invitation',
  'signed in',
  'failed to sign in',
  'signed out',
  'ended sessions',
  'changed account',
  'set password',
  'added passkey',
  'removed passkey',
  'joined identity',
  'removed identity',
  'invited',
  'withdrew invitation',
  'changed role',
  'removed person',
  'made token',
  'revoked token',
  'published',
  'withdrew',
  'restored a backup',
  'found entries gone',
] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]

export type AuditNote = {
  readonly act: AuditAct
  /** Id of the person or token; null: nobody was signed in. */
  readonly by: string | null
  /** What it was done to, by id or name; never a secret. */
  readonly about: string
  /** Where the request came from. */
  readonly address: string
}

export type AuditEntry = AuditNote & {
  /** Dense, from 1. */
  readonly seq: number
  readonly at: number
  /** sha256 of this entry and of the hash before it, in hexadecimal. */
  readonly hash: string
}

/** Entries are only ever added. */
export type AuditLog = {
  readonly add: (note: AuditNote) => Promise<AuditEntry>
  /** Oldest first, at most so many after `seq`. */
  readonly read: (after: number, most: number) => Promise<readonly AuditEntry[]>
  readonly newest: () => Promise<AuditEntry | null>
}
