import type { Node } from 'prosemirror-model'
import type { CommandContext } from '../command-context.ts'
import { placeCue } from '../cue-input.ts'
import type { Choice } from './choice.ts'
import { matching } from './matching.ts'
import type { Menu } from './suggest.ts'

/** `[` in a turn offers cues: those of this dispatch first, the most used before the others; then those of the show. */
export const cueMenu = (context: () => CommandContext, cuesOfShow: () => readonly string[]): Menu => ({
  name: 'Cues',
  trigger: '[',
  opens: ({ before, block }) => block.type.name === 'turn' && !/[\p{L}\p{N}]$/u.test(before),
  choices: (query, { doc }) => {
    if (!/^(?:\p{Ll}[\p{Ll} '’-]{0,39})?$/u.test(query)) return null
    const counts = cueCounts(doc)
    const known = [...counts.keys(), ...cuesOfShow().filter((cue) => !counts.has(cue))]
    const found = matching(
      known.map((cue): Choice => ({ id: cue, name: cue, ...(counts.has(cue) ? { detail: used(counts.get(cue) ?? 0) } : {}) })),
      query,
    )
    const cue = query.trim()
    return cue === '' || known.includes(cue) ? found : [...found, { id: cue, name: cue, detail: 'new', asksFirst: true }]
  },
  pick: ({ id }, typed) => placeCue(context(), typed, id),
})

const used = (times: number): string => (times === 1 ? 'used once' : `used ${times} times`)

/** The cues of a script, the most used first. */
const cueCounts = (doc: Node): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  doc.descendants((node) => {
    if (node.type.name !== 'cue') return
    const cue = String(node.attrs['cue'])
    counts.set(cue, (counts.get(cue) ?? 0) + 1)
  })
  return new Map([...counts].sort((a, b) => b[1] - a[1]))
}
