import type { Element, Root } from 'xast'
import { toXml } from 'xast-util-to-xml'

/** A whole XML file. The printer escapes and leaves out control characters; the rest of what XML forbids is seen to here. */
export const printXml = (element: Element): string => {
  const root: Root = {
    type: 'root',
    children: [
      { type: 'instruction', name: 'xml', value: 'version="1.0" encoding="utf-8"' },
      { type: 'text', value: '\n' },
      element,
    ],
  }
  const written = toXml(root)
    .toWellFormed()
    // Not even as a reference may these stand in XML.
    .replaceAll(/[\ufffe\uffff]/g, '')
    // In text it would be the end of a section that nobody began; there are no such sections in our trees.
    .replaceAll(']]>', ']]&gt;')
  return `${written}\n`
}
