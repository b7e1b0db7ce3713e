/** How a source's address is written for people, and what of it can still be followed. */

const DISPLAY_LENGTH = 44

/** Scheme dropped, `www` and query kept; longer than 44 characters shows 43 and "…". */
export const displayUrl = (url: string): string => {
  const bare = [...url.replace(/^https?:\/\//i, '')]
  return bare.length > DISPLAY_LENGTH ? `${bare.slice(0, DISPLAY_LENGTH - 1).join('')}…` : bare.join('')
}

/** A shortened display cannot be recovered; its ellipsis is the mark. */
export const isIncompleteUrl = (url: string): boolean => url.endsWith('…')

/** The address if a browser may follow it (absolute http or https, or mailto), else null. */
export const followableUrl = (url: string): string | null => {
  if (isIncompleteUrl(url) || !URL.canParse(url)) return null
  const parsed = new URL(url)
  return ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed.href : null
}
