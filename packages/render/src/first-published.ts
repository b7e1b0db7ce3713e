import type { Published } from '@stet/schema/revision'

/** When readers first had it, whichever revision stands by now. */
export const firstPublishedAt = ({ earlier, publishedAt }: Pick<Published, 'earlier' | 'publishedAt'>): string =>
  earlier[0]?.publishedAt ?? publishedAt
