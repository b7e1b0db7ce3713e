/**
 * Which of these really moved between two orders: the fewest whose going and coming explains the second, and of several such
 * choices one of those that `mayHaveMoved` holds true of.
 */
export const movedBetween = (
  before: readonly string[],
  after: readonly string[],
  mayHaveMoved: (id: string) => boolean,
): ReadonlySet<string> => {
  const known = new Set(before)
  const placeAfter = new Map(after.filter((id) => known.has(id)).map((id, place) => [id, place]))
  const ids = before.filter((id) => placeAfter.has(id))
  // Of those that stay, the heaviest chain that rises in both orders. One that did not move outweighs all that may have.
  const best = createBestBefore(ids.length)
  const previous: number[] = []
  let last = -1
  let heaviest = 0
  for (const [nth, id] of ids.entries()) {
    const place = placeAfter.get(id) as number
    const { weight, nth: chainEnd } = best.before(place)
    const own = weight + (mayHaveMoved(id) ? 1 : ids.length + 1)
    previous.push(chainEnd)
    best.set(place, own, nth)
    if (own > heaviest) [heaviest, last] = [own, nth]
  }
  const moved = new Set(ids)
  for (let nth = last; nth >= 0; nth = previous[nth] as number) moved.delete(ids[nth] as string)
  return moved
}

/** The heaviest chain that ends before a place: a tree of prefixes (Fenwick). */
const createBestBefore = (size: number) => {
  const weights = new Float64Array(size + 1)
  const ends = new Int32Array(size + 1).fill(-1)
  return {
    before: (place: number): { weight: number; nth: number } => {
      let best = { weight: 0, nth: -1 }
      for (let at = place; at > 0; at -= at & -at)
        if ((weights[at] as number) > best.weight) best = { weight: weights[at] as number, nth: ends[at] as number }
      return best
    },
    set: (place: number, weight: number, nth: number): void => {
      for (let at = place + 1; at <= size; at += at & -at)
        if (weight > (weights[at] as number)) {
          weights[at] = weight
          ends[at] = nth
        }
    },
  }
}
