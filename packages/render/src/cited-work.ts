import { plainLine } from '@stet/schema/line-breaks'
import type { Source } from '@stet/schema/snapshot'

/** A source as lists of literature see it: what kind of work, by whom, in what. */
export type CitedWork = {
  readonly type: WorkType
  /** As it is written: a person, a handle or an organisation, never taken apart. */
  readonly author: string
  /** Where it appeared: the outlet of an "Outlet / Person". */
  readonly container: string
}

export type WorkType =
  | 'article-journal'
  | 'article-newspaper'
  | 'book'
  | 'broadcast'
  | 'dataset'
  | 'document'
  | 'interview'
  | 'motion_picture'
  | 'post'
  | 'webpage'

const TYPES: Readonly<Record<string, WorkType>> = {
  article: 'article-newspaper',
  audio: 'broadcast',
  book: 'book',
  data: 'dataset',
  document: 'document',
  interview: 'interview',
  paper: 'article-journal',
  post: 'post',
  thread: 'post',
  video: 'motion_picture',
  website: 'webpage',
}

export const citedWork = ({ kind, publisher, url }: Source): CitedWork => {
  const key = kind.toLowerCase()
  const type = (Object.hasOwn(TYPES, key) ? TYPES[key] : undefined) ?? (url === '' ? 'document' : 'webpage')
  const parted = /^(.+?) \/ (.+)$/.exec(plainLine(publisher))
  return { type, author: parted?.[2] ?? plainLine(publisher), container: parted?.[1] ?? '' }
}
