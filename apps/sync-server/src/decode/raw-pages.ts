import type { RawPage } from './jobs.ts'

/** The updates of pages in order, each with its author; nothing is copied. */
export function* updatesIn(pages: readonly RawPage[]): Generator<{ readonly update: Uint8Array; readonly author: string }> {
  for (const { updates, lengths, authors, names } of pages) {
    let at = 0
    for (const [nth, length] of lengths.entries()) {
      yield { update: updates.subarray(at, at + length), author: names[authors[nth] ?? 0] ?? '' }
      at += length
    }
  }
}

export const packPage = (entries: readonly { readonly update: Uint8Array; readonly author: string }[]): RawPage => {
  const updates = new Uint8Array(entries.reduce((sum, { update }) => sum + update.length, 0))
  let at = 0
  for (const { update } of entries) {
    updates.set(update, at)
    at += update.length
  }
  const names = [...new Set(entries.map(({ author }) => author))]
  const nthByName = new Map(names.map((name, nth) => [name, nth]))
  return {
    updates,
    lengths: Uint32Array.from(entries, ({ update }) => update.length),
    authors: Uint32Array.from(entries, ({ author }) => nthByName.get(author) ?? 0),
    names,
  }
}
