import { type ArchiveEntry, type Host, hostsOf, type Speaker, speakersOf } from '@stet/render/archive-entry'
import { type SearchedText, searchedText } from '@stet/render/search'
import type { DispatchId } from '@stet/schema/ids'
import type { Revisions } from '../revisions/revisions.ts'

/** All that is shown to readers, newest first, as lists and searches need it. */
export type Shown = {
  readonly texts: readonly SearchedText[]
  readonly entries: readonly ArchiveEntry[]
  readonly speakerBySlug: ReadonlyMap<string, Speaker>
  readonly hostByName: ReadonlyMap<string, Host>
}

export type Archive = {
  readonly shown: () => Shown
  /** Something was published or withdrawn. */
  readonly forget: () => void
}

/** A revision is read once, and then answered from memory. */
export const createArchive = (revisions: Revisions): Archive => {
  let read = new Map<DispatchId, { readonly revision: number; readonly text: SearchedText }>()
  let known: Shown | null = null

  const readAll = (): SearchedText[] => {
    const current = revisions.newest().flatMap(({ dispatch, revision }) => {
      const held = read.get(dispatch)
      if (held?.revision === revision) return [[dispatch, held] as const]
      const found = revisions.get(dispatch, revision)
      if (found === null) return []
      const { snapshot, ...facts } = found
      return [[dispatch, { revision, text: searchedText({ facts, snapshot }) }] as const]
    })
    read = new Map(current)
    return current.map(([, { text }]) => text)
  }
  return {
    shown: () => {
      known ??= shownOf(readAll())
      return known
    },
    forget: () => {
      known = null
    },
  }
}

const shownOf = (read: readonly SearchedText[]): Shown => {
  const texts = [...read].sort((a, b) => (a.entry.order < b.entry.order ? 1 : -1))
  const entries = texts.map(({ entry }) => entry)
  return {
    texts,
    entries,
    speakerBySlug: new Map(speakersOf(entries).map((speaker) => [speaker.slug, speaker])),
    hostByName: new Map(hostsOf(entries).map((host) => [host.host, host])),
  }
}
