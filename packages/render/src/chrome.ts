import type { Site } from '@stet/schema/revision'
import type { Element, ElementContent, Root } from 'hast'
import { h } from 'hastscript'
import { artworkAddress, iconElements } from './artwork.ts'
import { directionOf } from './direction.ts'
import { JSON_FEED_PATH, RSS_PATH } from './feed-paths.ts'
import { pageStyle } from './page-style.ts'
import { printPage } from './printed.ts'
import { CORRECTIONS_PATH } from './revision-paths.ts'
import { ABOUT_PATH, SEARCH_PATH } from './site-paths.ts'
import { PICTURE_SIZE } from './social-picture.ts'

/** A value of schema.org. */
export type StructuredData = { readonly '@type': string; readonly [property: string]: unknown }

/** Of what is published: when, and what it is about. */
type Article = { readonly publishedAt: string; readonly modifiedAt: string; readonly topics: readonly string[] }

export type PageFrame = {
  /** Of the browser's tab; the show's name is added. */
  readonly title: string
  readonly description: string
  /** BCP 47 tag of what is to be read. */
  readonly language: string
  /** The site path of a public page; null for a page that no search engine should keep. */
  readonly path: string | null
  readonly kind: 'website' | 'article'
  readonly article?: Article | null
  /** Site path of what other sites show beside a link to the page, drawn at `PICTURE_SIZE`. */
  readonly picture?: string | null
  /** What stands on the page, for machines. */
  readonly data?: StructuredData | null
  readonly main: Element
  /** Runs once the page is read; one that the server allows by its hash. */
  readonly script?: string
  /** What stands at the foot of the page, beside the show's name. */
  readonly colophon?: readonly ElementContent[]
}

/** What every page of a show shares: the head, the name that leads home, the foot, and the one style sheet. */
export const renderFrame = (frame: PageFrame, site: Site): string => {
  const root: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      h('html', { lang: frame.language, ...directionOf(frame.language) }, [headOf(frame, site), '\n', bodyOf(frame, site)]),
      { type: 'text', value: '\n' },
    ],
  }
  return printPage(root)
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
      ...pictureElements(frame, site),
      ...iconElements(site),
      ...articleElements(frame.article ?? null),
      h('link', { rel: ['alternate'], type: 'application/rss+xml', title: site.name, href: RSS_PATH }),
      h('link', { rel: ['alternate'], type: 'application/feed+json', title: site.name, href: JSON_FEED_PATH }),
      ...(frame.data ? [dataElement(frame.data)] : []),
      h('style', pageStyle),
    ]),
  )
}

const pictureElements = ({ title, picture }: PageFrame, site: Site): Element[] =>
  picture === undefined || picture === null
    ? squareElements(site)
    : [
        h('meta', { property: 'og:image', content: `${site.url}${picture}` }),
        h('meta', { property: 'og:image:width', content: String(PICTURE_SIZE.width) }),
        h('meta', { property: 'og:image:height', content: String(PICTURE_SIZE.height) }),
        h('meta', { property: 'og:image:alt', content: title }),
        h('meta', { name: 'twitter:card', content: 'summary_large_image' }),
      ]

/** A page that has no picture of its own is shown with that of the show. */
const squareElements = (site: Site): Element[] => {
  const address = artworkAddress(site)
  return address === null || site.artwork === undefined
    ? []
    : [
        h('meta', { property: 'og:image', content: address }),
        h('meta', { property: 'og:image:width', content: String(site.artwork.pixels) }),
        h('meta', { property: 'og:image:height', content: String(site.artwork.pixels) }),
        h('meta', { property: 'og:image:alt', content: site.name }),
        h('meta', { name: 'twitter:card', content: 'summary' }),
      ]
}

const articleElements = (article: Article | null): Element[] =>
  article === null
    ? []
    : [
        h('meta', { property: 'article:published_time', content: article.publishedAt }),
        h('meta', { property: 'article:modified_time', content: article.modifiedAt }),
        ...article.topics.map((topic) => h('meta', { property: 'article:tag', content: topic })),
      ]

/** Not run, so the policy of the pages needs no exception for it. A "<" in it could end the element, so it is written otherwise. */
const dataElement = (data: StructuredData): Element =>
  h(
    'script',
    { type: 'application/ld+json' },
    JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c'),
  )

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
        ...footLinks.map(([name, href]) => h('p', h('a', { href }, name))),
        ...(site.licence === undefined ? [] : [h('p', site.licence)]),
      ]),
      ...(frame.script === undefined ? [] : [h('script', frame.script)]),
    ]),
  )

const footLinks = [
  ['About', ABOUT_PATH],
  ['Corrections', CORRECTIONS_PATH],
  ['Search', SEARCH_PATH],
  ['RSS', RSS_PATH],
  ['JSON Feed', JSON_FEED_PATH],
] as const

/** Each on its own line, so that two revisions of a page compare well. */
export const apart = (elements: readonly ElementContent[]): ElementContent[] =>
  elements.flatMap((element): ElementContent[] => [{ type: 'text', value: '\n' }, element]).concat({ type: 'text', value: '\n' })
