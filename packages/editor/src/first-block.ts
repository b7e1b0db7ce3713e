import type { BlockFields } from '@stet/schema/layout/body-acts'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'

/** What an empty script begins with: a paragraph of an essay, a turn of the roster's first voice in a dispatch. */
export const firstBlockOf = (script: Dispatch): BlockFields =>
  script.meta.get('kind') === 'essay' ? { kind: 'paragraph' } : { kind: 'turn', speaker: script.speakers.list()[0]?.id ?? null }
