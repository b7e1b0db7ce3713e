import type { Write } from './sqlite-rows.ts'

/** What goes into one commit, with the bytes of all updates in one buffer: cloning many small ones costs more than the commit. */
export type PackedWrites = {
  readonly writes: readonly (Omit<Write, 'entries'> & {
    readonly authors: readonly string[]
    readonly lengths: readonly number[]
  })[]
  /** Behind each other, in order. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** `bytes.buffer` is this call's own, so that it can be handed over to another thread. */
export const packWrites = (given: readonly Write[]): PackedWrites => {
  const writes = given.map(({ entries, ...write }) => ({
    ...write,
    authors: entries.map(({ author }) => author),
    lengths: entries.map(({ update }) => update.length),
  }))
  const bytes = new Uint8Array(writes.reduce((sum, { lengths }) => lengths.reduce((all, length) => all + length, sum), 0))
  let at = 0
  for (const { entries } of given)
    for (const { update } of entries) {
      bytes.set(update, at)
      at += update.length
    }
  return { writes, bytes }
}

/** The updates are views of `bytes`. */
export const unpackWrites = ({ writes, bytes }: PackedWrites): Write[] => {
  let at = 0
  return writes.map(({ authors, lengths, ...write }) => ({
    ...write,
    entries: lengths.map((length, nth) => {
      const update = bytes.subarray(at, at + length)
      at += length
      return { update, author: authors[nth] as string }
    }),
  }))
}
