import { setImmediate } from 'node:timers/promises'
import {
  type ArchiveEntry,
  archiveEntry,
  type Host,
  hostsOf,
  newestFirst,
  type Speaker,
  speakersOf,
} from '@stet/render/archive-entry'
import { type SearchedText, searchedText } from '@stet/render/search'
import type { DispatchId } from '@stet/schema/ids'
import type { Revision } from '@stet/schema/revision'
import type { Revisions } from '../revisions/revisions.ts'

/** All that is shown to readers, newest first. */
export type Shown = {
  readonly entries: readonly ArchiveEntry[]
  readonly speakerBySlug: ReadonlyMap<string, Speaker>
  readonly hostByName: ReadonlyMap<string, Host>
}

export type Archive = {
  readonly shown: () => Shown
  /** The same, with the words in them. Read when somebody searches first, a few at a time: nobody who writes waits for it. */
  readonly texts: () => Promise<readonly SearchedText[]>
  /** Something was published or withdrawn. */
  readonly forget: () => void
}

type Held = {
  readonly dispatch: DispatchId
  readonly revision: number
  readonly entry: ArchiveEntry
  text: SearchedText | null
}

/** How long the words of revisions are read at a stretch, in milliseconds. */
const STRETCH = 10

/** Each revision is read once, and answered from memory then. */
export const createArchive = (revisions: Revisions): Archive => {
  let heldByDispatch: ReadonlyMap<DispatchId, Held> = new Map()
  let known: Shown | null = null

  const read = (dispatch: DispatchId, revision: number): Held | [] => {
    const held = heldByDispatch.get(dispatch)
    if (held?.revision === revision) return held
    const found = revisions.get(dispatch, revision)
    return found === null ? [] : { dispatch, revision, entry: archiveEntry(summaryOf(found)), text: null }
  }
  const shown = (): Shown => {
    if (known !== null) return known
    const held = revisions.newest().flatMap(({ dispatch, revision }) => read(dispatch, revision))
    heldByDispatch = new Map(held.map((each) => [each.dispatch, each]))
    known = shownOf(held.map(({ entry }) => entry))
    return known
  }
  const readWords = (held: Held): SearchedText | [] => {
    const found = held.text === null ? revisions.get(held.dispatch, held.revision) : null
    if (found !== null) held.text = searchedText(summaryOf(found))
    return held.text ?? []
  }
  const texts = async (): Promise<readonly SearchedText[]> => {
    const current = shown()
    let paused = performance.now()
    for (const held of heldByDispatch.values()) {
      readWords(held)
      if (performance.now() - paused < STRETCH) continue
      await setImmediate()
      paused = performance.now()
    }
    // What was withdrawn meanwhile is not to be found.
    if (known !== current) return texts()
    const textByPath = new Map([...heldByDispatch.values()].flatMap(readWords).map((text) => [text.entry.path, text]))
    return current.entries.flatMap(({ path }) => textByPath.get(path) ?? [])
  }
  return {
    shown,
    texts,
    forget: () => {
      known = null
    },
  }
}

const summaryOf = ({ snapshot, ...facts }: Revision) => ({ facts, snapshot })

const shownOf = (read: readonly ArchiveEntry[]): Shown => {
  const entries = newestFirst(read)
  return {
    entries,
    speakerBySlug: new Map(speakersOf(entries).map((speaker) => [speaker.slug, speaker])),
    hostByName: new Map(hostsOf(entries).map((host) => [host.host, host])),
  }
}
