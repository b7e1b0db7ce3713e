import type { BlockChange, Changes, FieldChange, SourceChange } from './changes.ts'
import { isSame } from './is-same.ts'
import { movedBetween } from './moved.ts'
import type { Block, Snapshot, Source } from './snapshot.ts'

/** Beside the body and the sources; and without what every snapshot of a dispatch has in common. */
const FIELDS = [
  'kind',
  'number',
  'date',
  'language',
  'targetSeconds',
  'audio',
  'title',
  'byline',
  'quote',
  'summary',
  'topics',
  'speakers',
] as const satisfies readonly (keyof Snapshot)[]

/** What became of a dispatch between two snapshots of it. */
export const diffSnapshots = (before: Snapshot, after: Snapshot): Changes => ({
  fields: FIELDS.flatMap((field): FieldChange[] => {
    const [was, is] = [before[field] ?? null, after[field] ?? null]
    return isSame(was, is) ? [] : [{ field, before: was, after: is }]
  }),
  blocks: blockChanges(before.body, after.body),
  sources: sourceChanges(before.sources, after.sources),
})

const blockChanges = (before: readonly Block[], after: readonly Block[]): BlockChange[] => {
  const [byIdThen, byIdNow] = [placed(before), placed(after)]
  const [idsThen, idsNow] = [[...byIdThen.keys()], [...byIdNow.keys()]]
  const moved = movedBetween(idsThen, idsNow, () => true)
  return withGone(idsNow, idsThen).flatMap((id): BlockChange[] => {
    const [was, is] = [byIdThen.get(id) ?? null, byIdNow.get(id) ?? null]
    const isMoved = moved.has(id)
    if (!isMoved && was !== null && is !== null && isSame(was.block, is.block)) return []
    return [{ id, before: was?.block ?? null, after: is?.block ?? null, moved: isMoved, follows: (is ?? was)?.follows ?? null }]
  })
}

const placed = (body: readonly Block[]): ReadonlyMap<string, { block: Block; follows: string | null }> =>
  new Map(body.map((block, nth) => [block.id, { block, follows: body[nth - 1]?.id ?? null }]))

const sourceChanges = (before: readonly Source[], after: readonly Source[]): SourceChange[] => {
  const [byIdThen, byIdNow] = [new Map(before.map((each) => [each.id, each])), new Map(after.map((each) => [each.id, each]))]
  return withGone([...byIdNow.keys()], [...byIdThen.keys()]).flatMap((id): SourceChange[] => {
    const [was, is] = [byIdThen.get(id) ?? null, byIdNow.get(id) ?? null]
    return isSame(was, is) ? [] : [{ id, before: was, after: is }]
  })
}

/** `now` with what is there no more behind what it followed. */
export const withGone = (now: readonly string[], then: readonly string[]): string[] => {
  const stays = new Set(now)
  const goneAfter = new Map<string | null, string[]>()
  let last: string | null = null
  for (const id of then) {
    if (stays.has(id)) last = id
    else goneAfter.set(last, [...(goneAfter.get(last) ?? []), id])
  }
  return [...(goneAfter.get(null) ?? []), ...now.flatMap((id) => [id, ...(goneAfter.get(id) ?? [])])]
}
