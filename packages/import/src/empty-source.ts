import type { Source } from '@stet/schema/snapshot'

/** A source of which nothing is known yet. */
export const emptySource: Omit<Source, 'id'> = {
  title: '',
  kind: '',
  tier: null,
  publisher: '',
  description: '',
  claim: '',
  url: '',
  urlIncomplete: false,
  citedText: '',
  context: '',
  keyPoints: [],
}
