import { type ArchiveEntry, archiveEntry, newestFirst } from '@stet/render/archive-entry'
import { type SearchedText, searchedText } from '@stet/render/search'
import type { DispatchId } from '@stet/schema/ids'
import type { Revision } from '@stet/schema/revision'
import type { Revisions } from '../revisions/revisions.ts'

/** All that is shown to readers now. Each revision is read once, for as long as it is the newest. */
export type Archive = {
  /** In any order. */
  readonly entries: () => readonly ArchiveEntry[]
  /** The same, with the words in them; newest first. */
  readonly texts: () => readonly SearchedText[]
}

export const createArchive = (revisions: Revisions): Archive => {
  const entries = newestRead(revisions, archiveEntry)
  const texts = newestRead(revisions, searchedText)
  return {
    entries,
    texts: () => {
      const textByPath = new Map(texts().map((text) => [text.entry.path, text]))
      return newestFirst([...textByPath.values()].map(({ entry }) => entry)).flatMap(({ path }) => textByPath.get(path) ?? [])
    },
  }
}

/** What is read of each newest revision, kept until another takes its place or it is withdrawn. */
const newestRead = <T>(revisions: Revisions, read: (summary: ReturnType<typeof summaryOf>) => T): (() => T[]) => {
  let heldByDispatch: ReadonlyMap<DispatchId, { readonly revision: number; readonly value: T }> = new Map()
  return () => {
    const next = new Map<DispatchId, { readonly revision: number; readonly value: T }>()
    for (const { dispatch, revision } of revisions.newest()) {
      const held = heldByDispatch.get(dispatch)
      if (held?.revision === revision) next.set(dispatch, held)
      else {
        const found = revisions.get(dispatch, revision)
        if (found !== null) next.set(dispatch, { revision, value: read(summaryOf(found)) })
      }
    }
    heldByDispatch = next
    return [...next.values()].map(({ value }) => value)
  }
}

const summaryOf = ({ snapshot, ...facts }: Revision) => ({ facts, snapshot })
