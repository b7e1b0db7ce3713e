import type { Site } from '@stet/schema/revision'
import type { Element, ElementContent } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { correctedOn, correctionsElements } from './corrections.ts'
import type { PublishedEdition } from './edition.ts'
import { quoteElements, scriptElement, sourcesElements, summaryElements } from './html.ts'
import { leadingToSource } from './references.ts'

/** The whole text as a feed carries it: the page without its frame. */
export const feedContent = ({ snapshot, revision }: PublishedEdition, site: Site): string => {
  const page = `${site.url}${revision.path}`
  const elements = [
    ...correctedOn(revision),
    ...quoteElements(snapshot.quote),
    ...summaryElements(snapshot.summary),
    scriptElement(snapshot, leadingToSource),
    ...sourcesElements(snapshot, () => []),
    ...correctionsElements(revision),
  ]
  return toHtml({ type: 'root', children: elements.map((element) => portable(element, page)) })
}

/**
 * A reader shows it at an address of its own beside other items, without our style: links are made whole, sources
 * lie open, and ids and classes are dropped, since those of two items would meet.
 */
const portable = (element: Element, page: string): Element => {
  const { id: _id, className: _className, ...properties } = element.properties
  const { href } = properties
  return {
    ...element,
    properties: {
      ...properties,
      ...(typeof href === 'string' ? { href: new URL(href, page).href } : {}),
      ...(element.tagName === 'details' ? { open: true } : {}),
    },
    children: element.children.map((child): ElementContent => (child.type === 'element' ? portable(child, page) : child)),
  }
}
