import type { Finding } from '@stet/schema/finding'
import { type Block, type Chapter, spokenText, type Turn } from '@stet/schema/snapshot'
import { formatShortClock } from '@stet/schema/timeline'
import type { Check } from './check.ts'

const name = 'chapter-turns'

/**
 * A chapter list that does not match the turns: who jumps to a chapter would land elsewhere. Times that fall are an error, since
 * no player takes such a list.
 */
export const chapterTurns: Check = {
  name,
  find: ({ body }) => {
    const findings: Finding[] = []
    let latest: number | null = null
    let number = 0
    for (const [index, block] of body.entries()) {
      if (block.kind !== 'chapter') continue
      number += 1
      const called = chapterName(block, number)
      const find = (level: Finding['level'], path: Finding['path'], message: string) =>
        findings.push({ check: name, level, path, message })
      const turn = turnOfChapter(body, index)

      if (turn === undefined)
        find(
          'warning',
          ['body', index],
          `${called} has no turn before the next chapter: move it to its first turn, or remove it.`,
        )
      if (block.start === null) continue
      const at = formatShortClock(block.start)
      if (turn !== undefined && turn.start !== null && turn.start !== block.start)
        find(
          'warning',
          ['body', index, 'start'],
          `${called} is set to ${at}, but the turn after it starts at ${formatShortClock(turn.start)}: set the chapter to ${formatShortClock(turn.start)}, or move it to the turn at ${at}.`,
        )
      if (latest !== null && block.start <= latest)
        find(
          'error',
          ['body', index, 'start'],
          `${called} is set to ${at}, but the chapter before it starts at ${formatShortClock(latest)}: chapters must start one after the other, so correct one of the two times.`,
        )
      latest = block.start
    }
    return findings
  },
}

const turnOfChapter = (body: readonly Block[], chapter: number): Turn | undefined => {
  const next = body.slice(chapter + 1).find((block) => block.kind === 'turn' || block.kind === 'chapter')
  return next?.kind === 'turn' ? next : undefined
}

const chapterName = (chapter: Chapter, number: number): string => {
  const title = spokenText(chapter.content).trim()
  return title === '' ? `Chapter ${number}` : `Chapter ${number} ("${title}")`
}
