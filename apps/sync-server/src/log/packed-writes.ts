import type { Write, Written } from './sqlite-rows.ts'
import type { Damage } from './update-log.ts'

/**
 * What goes into one commit, by columns, with the bytes of all updates in one buffer: each object that is cloned for another thread
 * names its properties anew, and many small ones cost more than the commit.
 */
export type PackedWrites = {
  readonly rooms: readonly string[]
  readonly firsts: readonly boolean[]
  readonly lineages: readonly (string | undefined)[]
  /** Of each write, how many of the entries are its own. */
  readonly counts: readonly number[]
  readonly authors: readonly string[]
  readonly lengths: readonly number[]
  /** Behind each other, in order. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What became of each write, by columns. Of one that went wrong, `damages` tells by its number, and the columns say nothing. */
export type PackedWritten = {
  readonly seqs: readonly number[]
  readonly ats: readonly number[]
  readonly wrote: readonly boolean[]
  readonly damages: ReadonlyMap<number, Damage> | null
}

/** `bytes.buffer` is this call's own, so that it can be handed over to another thread. */
export const packWrites = (writes: readonly Write[]): PackedWrites => {
  const entries = writes.flatMap((write) => write.entries)
  const lengths = entries.map(({ update }) => update.length)
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const { update } of entries) {
    bytes.set(update, at)
    at += update.length
  }
  return {
    rooms: writes.map(({ room }) => room),
    firsts: writes.map(({ first }) => first),
    lineages: writes.map(({ lineage }) => lineage),
    counts: writes.map((write) => write.entries.length),
    authors: entries.map(({ author }) => author),
    lengths,
    bytes,
  }
}

/** The updates are views of `bytes`. */
export const unpackWrites = ({ rooms, firsts, lineages, counts, authors, lengths, bytes }: PackedWrites): Write[] => {
  let at = 0
  const entries = lengths.map((length, nth) => {
    const update = bytes.subarray(at, at + length)
    at += length
    return { update, author: authors[nth] as string }
  })
  let from = 0
  return counts.map((count, nth) => {
    const own = entries.slice(from, from + count)
    from += count
    return { room: rooms[nth] as string, entries: own, first: firsts[nth] as boolean, lineage: lineages[nth] }
  })
}

export const packWritten = (written: readonly Written[]): PackedWritten => {
  const damages = new Map(written.flatMap((each, nth) => (each.ok ? [] : [[nth, each.damage]])))
  return {
    seqs: written.map((each) => (each.ok ? each.seq : 0)),
    ats: written.map((each) => (each.ok ? each.at : 0)),
    wrote: written.map((each) => each.ok && each.wrote),
    damages: damages.size === 0 ? null : damages,
  }
}

export const unpackWritten = ({ seqs, ats, wrote, damages }: PackedWritten): Written[] =>
  seqs.map((seq, nth) => {
    const damage = damages?.get(nth)
    if (damage !== undefined) return { ok: false, damage }
    return { ok: true, seq, at: ats[nth] as number, wrote: wrote[nth] as boolean }
  })
