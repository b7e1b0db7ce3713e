import type { Source } from '@stet/schema/snapshot'
import type { Element } from 'hast'
import { h } from 'hastscript'
import { noteAnchor, sourceAnchor } from './anchors.ts'
import { element } from './element.ts'

/** How the number of a source is drawn where a cited range ends; `anchor` is the range's own. */
export type Reference = (number: number, source: Source | undefined, anchor: string) => Element

/** Opens the note of the source, by hover and focus as well where the browser knows how. */
export const openingNote: Reference = (number, source, anchor) =>
  element(
    'button',
    {
      id: anchor,
      type: 'button',
      popoverTarget: noteAnchor(number),
      popoverTargetAction: 'show',
      interestfor: noteAnchor(number),
      ariaLabel: nameOf(number, source),
    },
    [String(number)],
  )

/** Leads to the source: for where there are no notes. */
export const leadingToSource: Reference = (number, source) =>
  h('a', { href: `#${sourceAnchor(number)}`, ariaLabel: nameOf(number, source) }, String(number))

const nameOf = (number: number, source: Source | undefined): string => `Source ${number}: ${source?.title ?? ''}`
