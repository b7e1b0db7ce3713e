import type { Site } from '@stet/schema/revision'
import { type PageAnswer, pageAnswer } from './page-answer.ts'
import type { PageRenderer } from './page-renderer.ts'

/** Pages that were made, kept until something is published. */
export type PageShelf = {
  /** What lies ready; null says nothing of whether there is such a page. */
  readonly ready: (path: string) => PageAnswer | null
  /** Made where it is not; null: there is no such page. */
  readonly get: (path: string) => Promise<PageAnswer | null>
  readonly forget: () => void
}

/** Bytes: some hundred hours of talk in all forms. What came first goes first. */
const MOST_BYTES = 256 * 1024 * 1024

export const createPageShelf = (renderer: Pick<PageRenderer, 'render'>, site: () => Site, mostBytes = MOST_BYTES): PageShelf => {
  const answerByPath = new Map<string, PageAnswer>()
  const makingByPath = new Map<string, Promise<PageAnswer | null>>()
  let bytes = 0
  let generation = 0

  const keep = (path: string, answer: PageAnswer) => {
    answerByPath.set(path, answer)
    bytes += answer.size
    for (const [oldest, { size }] of answerByPath) {
      if (bytes <= mostBytes || oldest === path) break
      answerByPath.delete(oldest)
      bytes -= size
    }
  }
  const make = async (path: string): Promise<PageAnswer | null> => {
    const begun = generation
    const page = await renderer.render(path, site())
    if (page === null) return null
    const answer = pageAnswer(page)
    // What was published meanwhile may not stand in it.
    if (begun === generation) keep(path, answer)
    return answer
  }

  return {
    ready: (path) => answerByPath.get(path) ?? null,
    get: (path) => {
      const known = answerByPath.get(path)
      if (known !== undefined) return Promise.resolve(known)
      const making = makingByPath.get(path) ?? make(path).finally(() => makingByPath.delete(path))
      makingByPath.set(path, making)
      return making
    },
    forget: () => {
      generation += 1
      answerByPath.clear()
      makingByPath.clear()
      bytes = 0
    },
  }
}
