import type { Body } from '@stet/schema/layout/body-acts'
import { relativePointOf } from '@stet/schema/layout/body-points'
import type { BodyBlock, BodyView } from '@stet/schema/layout/body-view'
import type { Fragment } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import { attributesOf } from './attributes.ts'
import { replacementsOf, staysInside } from './replacements.ts'

/**
 * A block in which an input method composes, as it was before a colleague changed it. Redrawing it would break the
 * composition off (and double what was composed so far), so the document waits; what is composed meanwhile still goes
 * to its place in the body: every place between two characters holds to the character before it.
 */
export type HeldBlock = ReturnType<typeof holdBlock>

export const holdBlock = (body: Body, view: BodyView, block: BodyBlock, index: number) => {
  const { text } = body
  const placeAfter = (at: number) => Y.createRelativePositionFromTypeIndex(text, at, -1)
  const places = Array.from({ length: block.length + 1 }, (_, offset) => relativePointOf(view, { block: block.id, offset }))

  const indexOfPlace = (place: Y.RelativePosition | null | undefined): number | null =>
    place && text.doc ? (Y.createAbsolutePositionFromRelativePosition(place, text.doc)?.index ?? null) : null

  const erase = (from: number, to: number) => {
    for (const place of places.splice(from + 1, to - from).reverse()) {
      const at = place && stands(text, place) ? indexOfPlace(place) : null
      if (at !== null) text.delete(at - 1, 1)
    }
  }

  const insert = (offset: number, content: Fragment) => {
    let at = indexOfPlace(places[offset])
    let length = 0
    content.forEach((node) => {
      if (at === null || !(node.isText || node.type.name === 'cue')) return
      if (node.isText) text.insert(at, node.text ?? '', { ...attributesOf(node.marks) })
      else text.insertEmbed(at, { cue: String(node.attrs['cue']) }, { ...attributesOf(node.marks) })
      for (let nth = 1; nth <= node.nodeSize; nth++) places.splice(offset + length + nth, 0, placeAfter(at + nth))
      at += node.nodeSize
      length += node.nodeSize
    })
  }

  return {
    index,

    /** Where a place of the held block is by now. */
    relativeAt: (offset: number): Y.RelativePosition | null => places[Math.min(offset, places.length - 1)] ?? null,

    /** Whether it replaces letters inside the held block and does nothing else, as an input method does. */
    covers: (transaction: Transaction): boolean =>
      staysInside(transaction) && replacementsOf(transaction).every(({ at }) => at === index),

    /** To be called with a transaction that `covers` allows. */
    translate: (transaction: Transaction, origin: unknown): void => {
      text.doc?.transact(() => {
        for (const { from, to, content } of replacementsOf(transaction)) {
          erase(from, to)
          insert(from, content)
        }
      }, origin)
    },
  }
}

/** The character that a place holds to is not deleted. */
const stands = (text: Y.Text, { item }: Y.RelativePosition): boolean =>
  item !== null && text.doc !== null && !Y.getItem(text.doc.store, item).deleted
