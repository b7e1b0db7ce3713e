import { formatNumber } from '@stet/schema/timeline'

/** `008`, or nothing for essays and drafts without a number. */
export const numberOf = (listing: { number: number | null }): string =>
  listing.number === null ? '' : formatNumber(listing.number)

export const titleOf = (listing: { title: string }): string => listing.title.trim() || 'Untitled'
