import { followableUrl } from '@stet/schema/link'
import type { Source } from '@stet/schema/snapshot'

/** Where the site gathers what stands in many dispatches. */

export const ABOUT_PATH = '/about/'
export const SEARCH_PATH = '/search/'
export const SEARCH_INDEX_PATH = '/search.json'

/** By this two spellings of a name are one speaker; null for a name without a letter or digit. */
export const speakerSlug = (name: string): string | null =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '') || null

/** Percent-encoded, as a browser asks for it. */
export const speakerPath = (slug: string): string => `/speakers/${encodeURIComponent(slug)}/`

/** `coast.example` of an address of the web; null where there is none that can be followed. */
export const hostOf = ({ url }: Pick<Source, 'url'>): string | null => {
  const address = followableUrl(url)
  if (address === null) return null
  const host = new URL(address).hostname.replace(/^www\./, '')
  return /^[a-z0-9][a-z0-9.-]*$/.test(host) ? host : null
}

export const hostPath = (host: string): string => `/sources/${host}/`
