/**
 * Who speaks is glued to what is said (`00:00:24 marekThe answer ...`), so the roster is read from all turns
 * together. A candidate is the run of lower-case letters that a turn begins with. It is a name when it comes
 * twice, or when no other name is its beginning: `marekok fine` does not make a speaker "marekok" beside
 * "marek". Names that the caller knows go first, and may hold capitals and spaces.
 */
export type Roster = { readonly nameOf: (turn: string) => string | null }

export const inferRoster = (turns: readonly string[], known: readonly string[] = []): Roster => {
  const knownNames = longestFirst(known.filter((name) => name !== ''))
  const unnamed = turns.filter((turn) => prefixOf(turn, knownNames) === null)
  const inferredNames = longestFirst(namesIn(unnamed))
  return { nameOf: (turn) => prefixOf(turn, knownNames) ?? prefixOf(turn, inferredNames) }
}

const namesIn = (turns: readonly string[]): string[] => {
  const counts = new Map<string, number>()
  for (const turn of turns) {
    const candidate = /^\p{Ll}+(?=\P{Ll})/u.exec(turn)?.[0]
    if (candidate !== undefined) counts.set(candidate, (counts.get(candidate) ?? 0) + 1)
  }
  const names = [...counts.keys()].filter((candidate) => (counts.get(candidate) ?? 0) > 1)
  // Shortest first, so that of two that come once the shorter is the name and the longer begins with it.
  const once = [...counts.keys()].filter((candidate) => counts.get(candidate) === 1).sort((a, b) => a.length - b.length)
  for (const candidate of once) if (!names.some((name) => candidate.startsWith(name))) names.push(candidate)
  return names
}

const longestFirst = (names: readonly string[]): string[] => [...names].sort((a, b) => b.length - a.length)

const prefixOf = (turn: string, namesLongestFirst: readonly string[]): string | null =>
  namesLongestFirst.find((name) => turn.startsWith(name)) ?? null
