import { type BlockPoint, indexOf, pointAt } from '@stet/schema/layout/body-acts'
import type { BodyView } from '@stet/schema/layout/body-view'
import * as Y from 'yjs'

/** A place that holds to the character (or marker) before it, through whatever anyone does. As JSON it travels in presence. */
export const relativePointOf = (text: Y.Text, view: BodyView, point: BlockPoint): Y.RelativePosition | null => {
  const index = indexOf(view, point)
  return index === null ? null : Y.createRelativePositionFromTypeIndex(text, index, -1)
}

export const pointOfRelative = (text: Y.Text, view: BodyView, relative: Y.RelativePosition): BlockPoint | null => {
  if (text.doc === null) return null
  const absolute = Y.createAbsolutePositionFromRelativePosition(relative, text.doc)
  return absolute === null || absolute.type !== text ? null : pointAt(view, absolute.index)
}

/** What presence brings is not trusted: anything that is no relative position is none. */
export const readRelative = (value: unknown): Y.RelativePosition | null => {
  try {
    return typeof value === 'object' && value !== null ? Y.createRelativePositionFromJSON(value) : null
  } catch {
    return null
  }
}
