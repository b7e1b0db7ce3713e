import type { BlockFields } from '@stet/schema/layout/body-acts'
import type { BodyBlock } from '@stet/schema/layout/body-view'
import { Fragment, type Node } from 'prosemirror-model'
import { marksOf } from './attributes.ts'
import { scriptSchema } from './script-schema.ts'

/** A block of the body as a node of the ProseMirror document; what is removed does not show. */
export const nodeOf = (block: BodyBlock): Node => {
  const { id, kind, speaker, start, level } = block
  const inlines = block.visible.flatMap(({ runs }) =>
    runs.flatMap(({ insert, attributes }) => {
      const marks = marksOf(attributes)
      if (typeof insert !== 'string') return scriptSchema.node('cue', { cue: insert.cue }, [], marks)
      return insert === '' ? [] : scriptSchema.text(insert, marks)
    }),
  )
  return scriptSchema.node(kind, { id, speaker, start, level }, Fragment.fromArray(inlines))
}

/** What stands in the document while the body shows no block: a place to begin typing. */
export const placeholderNode = ({ kind, speaker = null }: BlockFields): Node => scriptSchema.node(kind, { id: '', speaker })
