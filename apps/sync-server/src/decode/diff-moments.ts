import { isDeepStrictEqual } from 'node:util'
import { withGone } from '@stet/schema/diff-snapshots'
import { readBody } from '@stet/schema/layout/body-reader'
import type { BodyBlock, BodyView } from '@stet/schema/layout/body-view'
import { leadOf } from '@stet/schema/layout/body-view'
import type { Segment } from '@stet/schema/layout/segment'
import { takeSnapshot } from '@stet/schema/layout/take-snapshot'
import { movedBetween } from '@stet/schema/moved'
import type { Block, Inline, Snapshot, Source } from '@stet/schema/snapshot'
import * as Y from 'yjs'
import { type Authors, watchAuthorship } from './authorship.ts'
import type { DiffOutcome, Jobs, RawPage } from './jobs.ts'
import { updatesIn } from './raw-pages.ts'
import { markerKey, openedBy, type SegmentTouch, type Touches, touchesIn } from './touches.ts'

type Diffed = DiffOutcome & { ok: true }
/** One end of a diff: what shows, and what it shows from. */
type End = { readonly snapshot: Snapshot; readonly view: BodyView; readonly blocks: ReadonlyMap<string, ShownBlock> }
type ShownBlock = { readonly value: Block; readonly body: BodyBlock; readonly follows: string | null }

export const diffMoments: Jobs['diff'] = ({ before, since, id }) => {
  const doc = new Y.Doc({ gc: false })
  doc.transact(() => {
    for (const { update } of updatesIn(before)) Y.applyUpdate(doc, update)
  })
  // A replica of its own, since one that has been read goes on watching what is written to it.
  const docThen = new Y.Doc()
  Y.applyUpdate(docThen, Y.encodeStateAsUpdate(doc))
  const authorship = watchAuthorship(doc)
  const names: string[] = []
  for (const { author, updates } of byAuthor(since)) {
    if (!names.includes(author)) names.push(author)
    authorship.by(names.indexOf(author), () => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
  }
  const touches = touchesIn(doc, authorship)
  const [then, now] = [takeSnapshot(docThen, id), takeSnapshot(doc, id)]
  if (!then.ok) return { ok: false, end: 'from', problems: then.problems }
  if (!now.ok) return { ok: false, end: 'to', problems: now.problems }
  const ends = [endOf(docThen, then.snapshot), endOf(doc, now.snapshot)] as const
  const named = (authors: Authors) => [...authors].sort((a, b) => a - b).map((nth) => names[nth] as string)
  return {
    ok: true,
    fields: fieldChanges(then.snapshot, now.snapshot, touches, named),
    blocks: blockChanges(...ends, touches, named),
    sources: sourceChanges(then.snapshot.sources, now.snapshot.sources, touches, named),
  }
}

type Named = (authors: Authors) => string[]

type Run = { readonly author: string; readonly updates: Uint8Array[] }

const byAuthor = (pages: readonly RawPage[]): Run[] => {
  const runs: Run[] = []
  for (const { update, author } of updatesIn(pages)) {
    const last = runs.at(-1)
    if (last?.author === author) last.updates.push(update)
    else runs.push({ author, updates: [update] })
  }
  return runs
}

const endOf = (doc: Y.Doc, snapshot: Snapshot): End => {
  const view = readBody(doc.getText('body'))
  const shown = snapshot.body.map((value, nth): [string, ShownBlock] => [
    value.id,
    { value, body: view.visible[nth] as BodyBlock, follows: snapshot.body[nth - 1]?.id ?? null },
  ])
  return { snapshot, view, blocks: new Map(shown) }
}

/** What each field of a snapshot is made of, as roots and keys of a replica. */
const FIELDS = {
  kind: ['meta.kind'],
  number: ['meta.number'],
  date: ['meta.date'],
  language: ['meta.language'],
  targetSeconds: ['meta.targetSeconds'],
  audio: ['meta.audio'],
  title: ['title'],
  byline: ['bylineRole', 'bylineHandle'],
  quote: ['quote', 'quoteName', 'quoteRole'],
  summary: ['summary'],
  topics: ['topics'],
  speakers: ['speakers'],
} as const satisfies Record<Exclude<keyof Snapshot, 'layout' | 'id' | 'body' | 'sources'>, readonly string[]>

const fieldChanges = (then: Snapshot, now: Snapshot, touches: Touches, named: Named): Diffed['fields'] =>
  (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).flatMap((field) => {
    const [before, after] = [then[field] ?? null, now[field] ?? null]
    if (isDeepStrictEqual(before, after)) return []
    return [{ field, before, after, authors: named(union(FIELDS[field].map(touches.field))) }]
  })

const sourceChanges = (then: readonly Source[], now: readonly Source[], touches: Touches, named: Named): Diffed['sources'] => {
  const thenById = new Map(then.map((source) => [source.id, source]))
  const nowById = new Map(now.map((source) => [source.id, source]))
  const ids = withGone(
    now.map(({ id }) => id),
    then.map(({ id }) => id),
  )
  return ids.flatMap((id) => {
    const [before, after] = [thenById.get(id) ?? null, nowById.get(id) ?? null]
    return isDeepStrictEqual(before, after) ? [] : [{ id, before, after, authors: named(touches.source(id)) }]
  })
}

const blockChanges = (then: End, now: End, touches: Touches, named: Named): Diffed['blocks'] => {
  const [idsThen, idsNow] = [[...then.blocks.keys()], [...now.blocks.keys()]]
  const isPut = (id: string) =>
    segmentsOf(then.blocks.get(id)?.body, now.blocks.get(id)?.body)
      .flatMap((segment) => kinOf(segment, now.view))
      .some((segment) => (touchOf(segment, touches)?.positions.size ?? 0) > 0)
  const moved = movedBetween(idsThen, idsNow, isPut)
  return withGone(idsNow, idsThen).flatMap((id) => {
    const [before, after] = [then.blocks.get(id) ?? null, now.blocks.get(id) ?? null]
    const isMoved = moved.has(id)
    if (!isMoved && before && after && isSameBlock(before.value, after.value)) return []
    return [
      {
        id,
        before: before?.value ?? null,
        after: after?.value ?? null,
        moved: isMoved,
        follows: (after ?? before)?.follows ?? null,
        authors: named(authorsOf(before, after, isMoved, { then, now, touches })),
      },
    ]
  })
}

type Known = { readonly then: End; readonly now: End; readonly touches: Touches }

/** Whose work it is that a block shows, shows no more, or shows otherwise. */
const authorsOf = (before: ShownBlock | null, after: ShownBlock | null, isMoved: boolean, known: Known): Authors => {
  const { now, touches } = known
  const authors = new Set<number>()
  const take = (segments: readonly Segment[], ...parts: (keyof Omit<SegmentTouch, 'opening'>)[]) => {
    for (const segment of segments) {
      const touch = touchOf(segment, touches)
      for (const part of parts) for (const author of touch?.[part] ?? []) authors.add(author)
    }
  }
  const kin = (segments: readonly Segment[]) => segments.flatMap((segment) => kinOf(segment, now.view))
  const [shownThen, shownNow] = [before?.body.visible ?? [], after?.body.visible ?? []]
  const shown = segmentsOf(before?.body, after?.body)

  const [keysThen, keysNow] = [new Set(shownThen.map(keyOf)), new Set(shownNow.map(keyOf))]
  const exchanged = shown.filter((segment) => keysThen.has(keyOf(segment)) !== keysNow.has(keyOf(segment)))
  take(exchanged, 'joins')
  take(kin(exchanged), 'removals')
  if (isMoved) take(kin(shown), 'positions')
  if (after !== null) {
    take(shown, 'text')
    const [fieldsThen, fieldsNow] = [before && fieldsOf(before.value), fieldsOf(after.value)]
    if (fieldsThen === null || (['kind', 'start', 'level'] as const).some((field) => fieldsThen[field] !== fieldsNow[field]))
      take(shown, 'fields')
    if (fieldsNow.speaker !== null && fieldsThen?.speaker !== fieldsNow.speaker) take(kin([leadOf(after.body)]), 'voices')
    for (const segment of shown) for (const author of reachingInto(segment, known)) authors.add(author)
    for (const author of referredTo(before?.value ?? null, after.value, known)) authors.add(author)
  }
  // Splits made at once, and texts split off while others acted on the whole, reach farther than the segments that show.
  if (authors.size === 0)
    take(
      kin([...(before?.body.segments ?? []), ...(after?.body.segments ?? [])]),
      'text',
      'fields',
      'joins',
      'positions',
      'voices',
      'removals',
    )
  return authors
}

/** A source or a speaker that is gone, or is back, shows in every block that rests on it. */
const referredTo = (before: Block | null, after: Block, { then, now, touches }: Known): Authors => {
  const authors: Authors[] = []
  const [citedThen, citedNow] = [citesOf(before?.content ?? []), citesOf(after.content)]
  const sourcesThen = new Set(then.snapshot.sources.map(({ id }) => id))
  const sourcesNow = new Set(now.snapshot.sources.map(({ id }) => id))
  for (const id of new Set([...citedThen, ...citedNow]))
    if (citedThen.has(id) !== citedNow.has(id) && sourcesThen.has(id) !== sourcesNow.has(id)) authors.push(touches.source(id))
  const [spokenThen, spokenNow] = [before && fieldsOf(before).speaker, fieldsOf(after).speaker]
  if (spokenThen !== spokenNow) for (const id of [spokenThen, spokenNow]) if (id !== null) authors.push(touches.speaker(id))
  return union(authors)
}

const fieldsOf = ({ kind, ...block }: Block) => ({
  kind,
  speaker: 'speaker' in block ? block.speaker : null,
  start: 'start' in block ? block.start : null,
  level: 'level' in block ? block.level : null,
})

const citesOf = (content: readonly Inline[]): Set<string> => new Set(content.flatMap(({ marks }) => marks?.cites ?? []))

const reachingInto = (segment: Segment, { then, now, touches }: Known): Authors => {
  const touch = touchOf(segment, touches)
  if (touch === undefined || touch.opening.size === 0) return NOBODY
  const key = keyOf(segment)
  const openingIn = ({ view }: End) => view.segments.find((each) => keyOf(each) === key)?.opening ?? {}
  return openedBy(touch, openingIn(then), openingIn(now))
}

/** The order of citations is that of the sources. */
const isSameBlock = (before: Block, after: Block): boolean => isDeepStrictEqual(withSortedCites(before), withSortedCites(after))

const withSortedCites = (block: Block): Block => ({
  ...block,
  content: block.content.map((inline) =>
    inline.marks?.cites === undefined ? inline : { ...inline, marks: { ...inline.marks, cites: inline.marks.cites.toSorted() } },
  ),
})

/** The segments that show in either, each once. */
const segmentsOf = (then: BodyBlock | undefined, now: BodyBlock | undefined): Segment[] => {
  const byKey = new Map<string, Segment>()
  for (const segment of [...(then?.visible ?? []), ...(now?.visible ?? [])]) byKey.set(keyOf(segment), segment)
  return [...byKey.values()]
}

/** A segment and all that what is given to it may come from. */
const kinOf = (segment: Segment, { segments, places }: BodyView): readonly Segment[] => {
  const own = segments[places.segmentById.get(segment.id) ?? Number.NaN]
  if (own === undefined) return [segment]
  return [own, ...places.descent.familyOf(own), ...places.descent.twinsOf(own)]
}

const keyOf = ({ marker }: Segment): string => markerKey(marker)
const touchOf = (segment: Segment, touches: Touches): SegmentTouch | undefined => touches.segment(keyOf(segment))

const NOBODY: Authors = new Set()
const union = (all: readonly Authors[]): Authors => new Set(all.flatMap((authors) => [...authors]))
