import type { Check } from './check.ts'
import { sourceName } from './source-name.ts'

const name = 'uncited-source'

/** A source that nothing in the script rests on. An essay names its sources in a closing line, so there it is no fault. */
export const uncitedSource: Check = {
  name,
  find: (snapshot) => {
    if (snapshot.kind === 'essay') return []
    const cited = new Set(snapshot.body.flatMap((block) => block.content.flatMap((inline) => inline.marks?.cites ?? [])))
    return snapshot.sources.flatMap((source, index) =>
      cited.has(source.id)
        ? []
        : [
            {
              check: name,
              level: 'warning' as const,
              path: ['sources', index],
              message: `${sourceName(source, index)} is not cited: mark the words that rest on it, or remove it.`,
            },
          ],
    )
  },
}
