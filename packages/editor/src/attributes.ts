import type { Attributes } from '@stet/schema/layout/segment'
import type { Mark } from 'prosemirror-model'
import { scriptSchema } from './script-schema.ts'

/**
 * Marks as text attributes of the body, and back. An attribute that this program does not know becomes no mark, and
 * nothing here ever writes one, so content of others is left as it is.
 */
const { strong, em, code, link, cite, comment } = scriptSchema.marks

export const marksOf = (attributes: Attributes): Mark[] => {
  const marks: Mark[] = []
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'strong' && value === true && strong) marks.push(strong.create())
    else if (key === 'em' && value === true && em) marks.push(em.create())
    else if (key === 'code' && value === true && code) marks.push(code.create())
    else if (key === 'link' && typeof value === 'string' && link) marks.push(link.create({ href: value }))
    else if (key.startsWith('cite:') && value === true && cite) marks.push(cite.create({ source: key.slice(5) }))
    else if (key.startsWith('comment:') && value === true && comment) marks.push(comment.create({ id: key.slice(8) }))
  }
  return marks
}

/** The attribute that a mark stands for: its key and its value. */
export const attributeOf = (mark: Mark): [key: string, value: string | true] => {
  if (mark.type === link) return ['link', String(mark.attrs['href'])]
  if (mark.type === cite) return [`cite:${mark.attrs['source']}`, true]
  if (mark.type === comment) return [`comment:${mark.attrs['id']}`, true]
  return [mark.type.name, true]
}

export const attributesOf = (marks: readonly Mark[]): Attributes => Object.fromEntries(marks.map(attributeOf))
