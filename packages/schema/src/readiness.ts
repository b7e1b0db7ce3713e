import type { Problem } from './finding.ts'
import type { Snapshot } from './snapshot.ts'
import { spokenText } from './snapshot.ts'

/** What a snapshot still lacks before it may be published, field by field; empty when it is ready. */
export const publishingProblems = (snapshot: Snapshot): Problem[] => {
  const problems: Problem[] = []
  const need = (holds: boolean, path: Problem['path'], message: string) => {
    if (!holds) problems.push({ path, message })
  }
  need(snapshot.title.trim() !== '', ['title'], 'give it a title')
  if (snapshot.kind === 'dispatch') {
    need(snapshot.number !== null, ['number'], 'give it a number')
    need(snapshot.date !== null, ['date'], 'give it a date')
    for (const [index, block] of snapshot.body.entries())
      if (block.kind === 'turn' && spokenText(block.content).trim() !== '')
        need(block.speaker !== null, ['body', index, 'speaker'], 'say who speaks this turn')
  }
  need(
    snapshot.body.some((block) => spokenText(block.content).trim() !== ''),
    ['body'],
    snapshot.kind === 'dispatch' ? 'write at least one turn' : 'write at least one paragraph',
  )
  return problems
}
