import type { Artwork } from '@stet/schema/artwork'

/** `cover.jpg · 3000 by 3000 pixels · 412 kB` */
export const artworkWords = ({ name, pixels, bytes }: Artwork): string =>
  [name || 'Artwork', `${pixels} by ${pixels} pixels`, sizeWords(bytes)].join(' · ')

const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
