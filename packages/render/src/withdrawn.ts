import type { RevisionFacts, Site, Withdrawal } from '@stet/schema/revision'
import { h } from 'hastscript'
import { apart, renderFrame } from './chrome.ts'
import { dayElement } from './corrections.ts'
import { textNodes } from './inline-elements.ts'
import { CORRECTIONS_PATH } from './revision-paths.ts'

/** What stands at the address of a dispatch that was taken from its readers: that it did stand there, and why it does not now. */
export const renderWithdrawn = ({ title }: RevisionFacts, { reason, at }: Withdrawal, site: Site): string =>
  renderFrame(
    {
      title: 'Withdrawn',
      description: '',
      language: 'en',
      path: null,
      kind: 'website',
      main: h(
        'main',
        { id: 'main', className: ['home'] },
        apart([
          h('p', { className: ['designation'] }, ['◆ Withdrawn · ', dayElement(at)]),
          h('h1', title === '' ? 'Untitled' : title),
          h('p', { className: ['reason'] }, textNodes(reason)),
          h('p', { className: ['empty'] }, [
            'It was published here and was taken back. ',
            h('a', { href: CORRECTIONS_PATH }, 'All corrections'),
            ' of the show stand together.',
          ]),
        ]),
      ),
    },
    site,
  )
