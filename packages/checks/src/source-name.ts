import type { Source } from '@stet/schema/snapshot'

/** `Source 3 ("Title")`, as people find it in the list. */
export const sourceName = (source: Source, index: number): string =>
  source.title.trim() === '' ? `Source ${index + 1}` : `Source ${index + 1} ("${source.title.trim()}")`
