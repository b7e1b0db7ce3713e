import type { Site } from '@stet/schema/revision'

/** What the show is, in a sentence or two. */
export const showDescription = ({ name, description }: Site): string => description ?? `Dispatches and essays from ${name}.`

/** On one line, for where there is no room for more. */
export const showLine = (site: Site): string => showDescription(site).replaceAll(/\s+/g, ' ').trim()
