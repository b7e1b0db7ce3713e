/** An answer that a repeated request is given again. */
export type KeptAnswer = {
  /** Of the request that it answered. */
  readonly fingerprint: string
  /** Sealed, so that no secret in it can be read from the database. */
  readonly sealed: Uint8Array
}

/** Answers to requests that bore a key, for a day. Times are milliseconds since 1970. */
export type KeptAnswers = {
  readonly find: (id: string, now: number) => KeptAnswer | null
  readonly keep: (id: string, answer: KeptAnswer, now: number) => void
}

export const KEPT_FOR = 24 * 60 * 60 * 1000
/** The oldest go first where there are more. */
export const MOST_KEPT = 5_000
export const LARGEST_KEPT = 64 * 1024
