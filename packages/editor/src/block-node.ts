import type { BlockFields } from '@stet/schema/layout/body-acts'
import { type BodyBlock, kindOf, leadOf } from '@stet/schema/layout/body-view'
import { Fragment, type Node } from 'prosemirror-model'
import { marksOf } from './attributes.ts'
import { scriptSchema } from './script-schema.ts'

/** A block of the body as a node of the ProseMirror document; what is removed does not show. */
export const nodeOf = (block: BodyBlock): Node => {
  const { marker } = leadOf(block)
  const attrs = {
    id: block.id,
    speaker: marker.get('speaker') ?? null,
    start: marker.get('start') ?? null,
    level: marker.get('level') ?? null,
  }
  const inlines = block.visible.flatMap(({ runs }) =>
    runs.flatMap(({ insert, attributes }) => {
      const marks = marksOf(attributes)
      if (typeof insert !== 'string') return scriptSchema.node('cue', { cue: insert.cue }, [], marks)
      return insert === '' ? [] : scriptSchema.text(insert, marks)
    }),
  )
  return scriptSchema.node(kindOf(block), attrs, Fragment.fromArray(inlines))
}

/** What stands in the document while the body shows no block: a place to begin typing. */
export const placeholderNode = ({ kind, speaker = null }: BlockFields): Node => scriptSchema.node(kind, { id: '', speaker })
