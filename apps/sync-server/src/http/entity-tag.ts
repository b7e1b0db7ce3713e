import { createHash } from 'node:crypto'

/** Of the JSON of an answer: the same for as long as it would be answered the same. */
export const entityTag = (json: string): string => `"${createHash('sha256').update(json).digest('base64url')}"`

/** Whether a list of tags (`If-None-Match`, `If-Match`) names this one. `*` names any; `isWeak`: one said to be weak counts too. */
export const names = (header: string, tag: string, isWeak: boolean): boolean =>
  header.split(',').some((each) => {
    const said = each.trim()
    return said === '*' || said === tag || (isWeak && said === `W/${tag}`)
  })
