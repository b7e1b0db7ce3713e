import type { Site } from '@stet/schema/revision'
import { h } from 'hastscript'
import { apart, renderFrame } from './chrome.ts'
import { searchForm } from './search-form.ts'

/** For an address that leads nowhere, or nowhere yet. */
export const renderNotFound = (site: Site): string =>
  renderFrame(
    {
      title: 'Not found',
      description: '',
      language: 'en',
      path: null,
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home'] },
        apart([
          h('p', { className: ['designation'] }, '◆ Not found'),
          h('h1', 'There is no such page'),
          h('p', { className: ['empty'] }, [
            'The address may be mistyped, or what it names may not be published. ',
            h('a', { href: '/' }, `All that is published stands on the front page of ${site.name}`),
            '.',
          ]),
          searchForm(),
        ]),
      ),
    },
    site,
  )
