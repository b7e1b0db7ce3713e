import type { Finding } from '@stet/schema/finding'
import { isIncompleteUrl } from '@stet/schema/link'
import type { Snapshot, Source } from '@stet/schema/snapshot'
import type { Check } from './check.ts'
import { sourceName } from './source-name.ts'

const name = 'incomplete-link'

/**
 * An address that a reader cannot follow. The sources of an essay carry none, so there only a wrong one counts. One that was
 * shortened long ago may be lost for good, so it is no error; one that leads elsewhere than to the web is.
 */
export const incompleteLink: Check = {
  name,
  find: (snapshot) =>
    snapshot.sources.flatMap((source, index) => {
      const fault = faultOf(source, snapshot.kind)
      if (fault === null) return []
      return [
        {
          check: name,
          level: fault.level,
          path: ['sources', index, 'url'],
          message: `${sourceName(source, index)} ${fault.message}`,
        },
      ]
    }),
}

type Fault = { readonly level: Finding['level']; readonly message: string }

const faultOf = ({ url, urlIncomplete }: Source, kind: Snapshot['kind']): Fault | null => {
  if (url.trim() === '')
    return kind === 'essay' ? null : { level: 'warning', message: 'has no address: paste the address of the page it rests on.' }
  if (urlIncomplete || isIncompleteUrl(url))
    return {
      level: 'warning',
      message: `has a shortened address (${url}): open the page and paste its whole address, since the rest cannot be recovered.`,
    }
  return isWebAddress(url)
    ? null
    : {
        level: 'error',
        message: `has an address that is not of the web (${url}): paste one that begins with https:// or http://.`,
      }
}

const isWebAddress = (url: string): boolean => URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)
