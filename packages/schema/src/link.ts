/** How a source's address is written for people, and what of it can still be followed. */

const DISPLAY_LENGTH = 44

/** Letters that nobody sees, or that turn round how those beside them are read. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu

/** An address as it can be seen. */
export const visibleUrl = (url: string): string => url.replaceAll(UNSEEN, '')

/** Scheme dropped, `www` and query kept; longer than 44 characters shows 43 and "…". */
export const displayUrl = (url: string): string => {
  const bare = [...visibleUrl(url).replace(/^https?:\/\//i, '')]
  return bare.length > DISPLAY_LENGTH ? `${bare.slice(0, DISPLAY_LENGTH - 1).join('')}…` : bare.join('')
}

/** A shortened display cannot be recovered; its ellipsis is the mark. */
export const isIncompleteUrl = (url: string): boolean => url.endsWith('…')

/**
 * The address if a browser may follow it, else null: absolute http or https, or mailto; nothing in it that cannot be seen, and no
 * name before the host, which would be read as the host.
 */
export const followableUrl = (url: string): string | null => {
  if (isIncompleteUrl(url) || visibleUrl(url) !== url || !URL.canParse(url)) return null
  const { protocol, username, password, href } = new URL(url)
  if (username !== '' || password !== '') return null
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : null
}
