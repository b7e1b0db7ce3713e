/**
 * The roots of a replica, by name. They are all there are: the server refuses others, since what no client shows nobody could
 * ever find or remove. Here without Yjs, for the server's gate, which has none.
 */
export const PROSE_FIELDS = [
  'title',
  'summary',
  'quote',
  'quoteName',
  'quoteRole',
  'bylineRole',
  'bylineHandle',
  'topics',
] as const
export type ProseField = (typeof PROSE_FIELDS)[number]

export const ROOT_NAMES = ['meta', 'speakers', 'sources', 'body', ...PROSE_FIELDS] as const
