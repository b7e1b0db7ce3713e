/**
 * The inside of a line that stands as a whole in “…”, else null. `“A” or “B”` begins and ends like one,
 * but its first quotation closes on the way.
 */
export const insideCurlyQuotes = (line: string): string | null => {
  if (line.length < 2 || !line.startsWith('“') || !line.endsWith('”')) return null
  const inside = line.slice(1, -1)
  let open = 1
  for (const character of inside) {
    if (character === '“') open += 1
    if (character === '”') open -= 1
    if (open === 0) return null
  }
  return inside
}
