import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type Given, readGiven } from './given.ts'

/** That a text was removed, or put back, as its markers say (`out:<id>`). */
export type Removal = Given & {
  /** The segment that it was given to. */
  readonly segment: string
  /** Null: it was put back. */
  readonly mark: (RemovalMark & { readonly hash: string }) | null
  /** It hides until it is moved; moving the block takes it away. */
  readonly isCut: boolean
}

/** Who removed it, as a name to show, and when, as an ISO time. */
export type RemovalMark = { readonly at: string; readonly by: string }

export const REMOVAL_KEY = 'out:'

export const readRemovals = (segment: string, fields: Readonly<Record<string, unknown>>): readonly Removal[] =>
  readGiven(REMOVAL_KEY, fields).map(
    ({ value: { hash, at, by, isBack, isCut }, ...given }): Removal => ({
      ...given,
      segment,
      mark: isBack === true ? null : { hash: String(hash ?? ''), at: String(at ?? ''), by: String(by ?? '') },
      isCut: isCut === true,
    }),
  )

/** What a text said when it was removed, so that later changes to hidden words are noticed. 16 hex digits of sha256. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16)
