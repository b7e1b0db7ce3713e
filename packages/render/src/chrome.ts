import type { Site } from '@stet/schema/revision'
import type { Element, ElementContent, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import { pageStyle } from './page-style.ts'
import { CORRECTIONS_PATH } from './revision-paths.ts'

export type PageFrame = {
  /** Of the browser's tab; the show's name is added. */
  readonly title: string
  readonly description: string
  /** BCP 47 tag of what is to be read. */
  readonly language: string
  /** The site path of a public page; null for a page that no search engine should keep. */
  readonly path: string | null
  readonly kind: 'website' | 'article'
  readonly main: Element
  /** What stands at the foot of the page, beside the show's name. */
  readonly colophon?: readonly ElementContent[]
}

/** What every page of a show shares: the head, the name that leads home, the foot, the one style sheet, and no script. */
export const renderFrame = (frame: PageFrame, site: Site): string => {
  const root: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      h('html', { lang: frame.language }, [headOf(frame, site), '\n', bodyOf(frame, site)]),
      { type: 'text', value: '\n' },
    ],
  }
  return toHtml(root)
}

const headOf = (frame: PageFrame, site: Site): Element => {
  const title = frame.title === site.name ? site.name : `${frame.title} · ${site.name}`
  const url = frame.path === null ? null : `${site.url}${frame.path}`
  return h(
    'head',
    apart([
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('title', title),
      ...(frame.description === '' ? [] : [h('meta', { name: 'description', content: frame.description })]),
      ...(url === null ? [h('meta', { name: 'robots', content: 'noindex' })] : [h('link', { rel: ['canonical'], href: url })]),
      h('meta', { property: 'og:title', content: frame.title }),
      h('meta', { property: 'og:type', content: frame.kind }),
      ...(frame.description === '' ? [] : [h('meta', { property: 'og:description', content: frame.description })]),
      ...(url === null ? [] : [h('meta', { property: 'og:url', content: url })]),
      h('meta', { property: 'og:site_name', content: site.name }),
      h('style', pageStyle),
    ]),
  )
}

const bodyOf = (frame: PageFrame, site: Site): Element =>
  h(
    'body',
    apart([
      h('a', { className: ['skip'], href: '#main' }, 'Skip to the text'),
      // The front page bears the name as its own heading.
      ...(frame.path === '/' ? [] : [h('header', { className: ['site'] }, h('a', { href: '/' }, site.name))]),
      frame.main,
      h('footer', { className: ['site'] }, [
        h('p', h('a', { href: '/' }, site.name)),
        ...(frame.colophon ?? []),
        h('p', h('a', { href: CORRECTIONS_PATH }, 'Corrections')),
      ]),
    ]),
  )

/** Each on its own line, so that two revisions of a page compare well. */
export const apart = (elements: readonly Element[]): ElementContent[] =>
  elements.flatMap((element): ElementContent[] => [{ type: 'text', value: '\n' }, element]).concat({ type: 'text', value: '\n' })
