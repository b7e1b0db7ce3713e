/** Of two values made of JSON; the order of keys does not matter, and one that is undefined is none. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b))
    return false
  const [inA, inB] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return [...new Set([...Object.keys(inA), ...Object.keys(inB)])].every((key) => isSame(inA[key], inB[key]))
}
