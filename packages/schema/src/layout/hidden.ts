import type { Gifts } from './gifts.ts'
import { hashText, type Removal } from './removal.ts'
import { type Segment, textOfRuns } from './segment.ts'

/** Which segments are hidden, by id, and with which others. */
export type Hidden = ReadonlyMap<string, Removed>

/** What one removal hides by now: the segment it was given to, and what was split off that one meanwhile. */
export type Removed = {
  readonly removal: Removal
  /** In text order. */
  readonly parts: readonly Segment[]
  /** The words are not those that were removed. */
  readonly isChanged: boolean
}

/** What is hidden as it was in `before` stays the same object. */
export const hiddenIn = (segments: readonly Segment[], { newestOf }: Gifts, before: Hidden | null): Hidden => {
  const partsOf = new Map<Removal, Segment[]>()
  for (const segment of segments) {
    const removal = newestOf(segment, 'removals')
    if (removal === null || removal.mark === null) continue
    const parts = partsOf.get(removal)
    if (parts) parts.push(segment)
    else partsOf.set(removal, [segment])
  }
  const hidden = new Map<string, Removed>()
  for (const [removal, parts] of partsOf) {
    const known = before?.get(parts[0]?.id ?? '')
    const isKnown =
      known?.removal === removal && known.parts.length === parts.length && known.parts.every((part, nth) => part === parts[nth])
    const removed = isKnown ? known : removedWith(removal, parts)
    for (const { id } of parts) hidden.set(id, removed)
  }
  return hidden
}

/** After a change of text alone. */
export const hiddenAfter = (hidden: Hidden, changed: readonly Segment[]): Hidden => {
  const nextById = new Map(changed.filter(({ id }) => hidden.has(id)).map((segment) => [segment.id, segment]))
  if (nextById.size === 0) return hidden
  const after = new Map(hidden)
  for (const removed of new Set([...nextById.keys()].map((id) => hidden.get(id) as Removed))) {
    const next = removedWith(
      removed.removal,
      removed.parts.map((part) => nextById.get(part.id) ?? part),
    )
    for (const { id } of next.parts) after.set(id, next)
  }
  return after
}

const removedWith = (removal: Removal, parts: readonly Segment[]): Removed => ({
  removal,
  parts,
  isChanged: hashText(textOfRuns(parts.flatMap(({ runs }) => runs))) !== removal.mark?.hash,
})
