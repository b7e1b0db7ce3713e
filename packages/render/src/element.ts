import type { Element, ElementContent, Properties } from 'hast'

/**
 * An element as the printer wants it. `h` reads names and properties first, which takes as long as printing them: this is for what a
 * page has by the hundred.
 */
export const element = (tagName: string, properties: Properties, children: readonly (ElementContent | string)[]): Element => ({
  type: 'element',
  tagName,
  properties,
  children: children.map((child): ElementContent => (typeof child === 'string' ? { type: 'text', value: child } : child)),
})
