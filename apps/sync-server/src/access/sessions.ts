import type { Person } from '@stet/schema/contract/people'

export type NewSession = { readonly person: Person; readonly key: string; readonly secret: string; readonly expiresAt: number }

export type KnownSession = {
  readonly id: string
  /** What `Identity` calls it. */
  readonly key: string
  readonly madeAt: number
  /** Exact to the hour. */
  readonly usedAt: number
  readonly expiresAt: number
  /** What the browser said of itself when it signed in. */
  readonly agent: string
}

/** A browser in which a person is signed in. */
export type Sessions = {
  /** Null: that person may not come any more. `secret` goes into the cookie: it is not kept, only its hash. */
  readonly begin: (person: string, agent: string) => Promise<NewSession | null>
  /** Newest first, without those that have expired. */
  readonly list: (person: string) => Promise<readonly KnownSession[]>
  /** Answers the key of what was ended; null when this person has no such session. */
  readonly end: (person: string, id: string) => Promise<string | null>
  /** Answers the keys of those that were ended. */
  readonly endOthers: (person: string, keptKey: string) => Promise<readonly string[]>
}
