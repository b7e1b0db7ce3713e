import type { Element } from 'hast'
import { h } from 'hastscript'
import { LONGEST_QUERY } from './search.ts'
import { SEARCH_PATH } from './site-paths.ts'

/** Asks the server, without a script. */
export const searchForm = (query = ''): Element =>
  h(
    'search',
    { className: ['search'] },
    h('form', { action: SEARCH_PATH, method: 'get' }, [
      h('label', { htmlFor: 'q' }, 'Search all that is published'),
      h('p', [
        h('input', { id: 'q', name: 'q', type: 'search', value: query, maxLength: LONGEST_QUERY, required: true }),
        ' ',
        h('button', { type: 'submit' }, 'Search'),
      ]),
    ]),
  )
