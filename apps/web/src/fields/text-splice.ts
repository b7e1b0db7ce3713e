/** One replacement that turns a text into another. */
export type Splice = { readonly index: number; readonly remove: number; readonly insert: string }

/**
 * The smallest single splice from `before` to `after`, or null when they are equal. `caret` (where the cursor stands
 * in `after`) tells apart what a diff alone cannot: a letter typed into a run of the same letter belongs before it.
 */
export const spliceBetween = (before: string, after: string, caret: number): Splice | null => {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  const tailLimit = Math.min(shorter, after.length - Math.min(caret, after.length))
  let tail = 0
  while (tail < tailLimit && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  let head = 0
  while (head < shorter - tail && before[head] === after[head]) head += 1
  // The caret may have stood before an equal ending (as after a forward deletion): give back what is left to it.
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  if (splitsPair(before, head) || splitsPair(after, head)) head -= 1
  if (splitsPair(before, before.length - tail) || splitsPair(after, after.length - tail)) tail -= 1
  return { index: head, remove: before.length - tail - head, insert: after.slice(head, after.length - tail) }
}

export const applySplice = (text: string, { index, remove, insert }: Splice): string =>
  text.slice(0, index) + insert + text.slice(index + remove)

/** Whether a cut here would part the two halves of one character. */
const splitsPair = (text: string, index: number): boolean =>
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(index - 1, index + 1)) && index > 0

/** One step of a Y.Text change. */
export type DeltaStep = { readonly retain?: number; readonly insert?: unknown; readonly delete?: number }

/** Where a position goes when a change happens around it. Text inserted exactly there comes after it. */
export const positionThrough = (delta: readonly DeltaStep[], position: number): number => {
  let at = 0
  let moved = position
  for (const step of delta) {
    if (at >= moved) break
    if (step.retain !== undefined) at += step.retain
    else if (step.delete !== undefined) moved = Math.max(at, moved - step.delete)
    else {
      const length = typeof step.insert === 'string' ? step.insert.length : 1
      at += length
      moved += length
    }
  }
  return moved
}
