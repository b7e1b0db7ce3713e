import { isIncompleteUrl } from '@stet/schema/link'
import type { Source } from '@stet/schema/snapshot'

/** An address as it is shown has no scheme. One that ends in "…" was shortened for show; what it lacks cannot be recovered. */
export const shownUrl = (display: string): Pick<Source, 'url' | 'urlIncomplete'> => {
  const bare = display === '' || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(display)
  return { url: bare ? display : `https://${display}`, urlIncomplete: isIncompleteUrl(display) }
}
