import { artworkPath, SMALL_ARTWORK_PIXELS, smallArtworkPath } from '@stet/schema/artwork'
import type { Site } from '@stet/schema/revision'
import type { Element } from 'hast'
import { h } from 'hastscript'

/** The show's artwork as pages and feeds name it: nothing, where the show has none. */

/** Whole addresses, for what is read elsewhere. */
export const artworkAddress = ({ artwork, url }: Site): string | null =>
  artwork === undefined ? null : `${url}${artworkPath(artwork)}`
export const smallArtworkAddress = ({ artwork, url }: Site): string | null =>
  artwork === undefined ? null : `${url}${smallArtworkPath(artwork)}`

/** Beside the name of the show, which says what it is: so it has no words of its own. */
export const artworkElements = ({ artwork }: Site): Element[] =>
  artwork === undefined
    ? []
    : [
        h('img', {
          className: ['artwork'],
          src: smallArtworkPath(artwork),
          alt: '',
          width: SMALL_ARTWORK_PIXELS,
          height: SMALL_ARTWORK_PIXELS,
        }),
      ]

/** For the tab of a browser. */
export const iconElements = ({ artwork }: Site): Element[] =>
  artwork === undefined ? [] : [h('link', { rel: ['icon'], type: 'image/png', href: smallArtworkPath(artwork) })]
