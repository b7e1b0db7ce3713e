import type { Source } from '@stet/schema/snapshot'

/** How a source is told of, in its list and in its note. */

export const titleOf = ({ title }: Source): string => (title === '' ? 'Untitled source' : title)

export const originOf = ({ publisher, description }: Source): string => joined([publisher, description], ' — ')

/** `Article · Primary source` */
export const provenanceOf = ({ kind, tier }: Source): string =>
  joined([kind, tier === null ? '' : `${tier.charAt(0).toUpperCase()}${tier.slice(1)} source`], ' · ')

const joined = (parts: readonly string[], separator: string): string => parts.filter((part) => part !== '').join(separator)
