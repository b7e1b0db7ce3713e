import type { Problem } from '@stet/schema/finding'
import type { PublishRefusal } from '../revisions/revisions.ts'
import { type Refused, refused } from './problem.ts'

/** Why a dispatch cannot be published though it is whole, and what to do. */
export const publishRefused = (refusal: PublishRefusal): Refused => {
  switch (refusal.fault) {
    case 'unchanged':
      return refused(409, `Nothing has changed since revision ${refusal.revision}`)
    case 'taken':
      return refused(409, `The number is taken: “${refusal.by.title}” is published at ${refusal.by.path}`, [
        { path: ['number'], message: 'give it another number' },
      ])
    case 'moved':
      return refused(422, `It is published at ${refusal.path}, and addresses last`, [
        { path: ['number'], message: 'put back the kind and number it was published under' },
      ])
    case 'outrun':
      return refused(
        409,
        `Revision ${refusal.by.revision} was published meanwhile, by ${refusal.by.publishedBy}: look at what changed since`,
      )
  }
}

/** The same as problems of a dry run: where to look, and all of what is said. */
export const inTheWay = (refusal: PublishRefusal): Problem[] => {
  const { title, problems = [] } = publishRefused(refusal)
  return problems.length === 0
    ? [{ path: [], message: title }]
    : problems.map(({ path, message }) => ({ path, message: `${title}; ${message}` }))
}
