import type { Element, ElementContent } from 'hast'
import { h } from 'hastscript'
import type { Edition } from './edition.ts'
import { fileKinds, fileName, formatsOf, stemOf } from './file-kinds.ts'

/** The other forms of what is published, which lie beside its page. */
export const filesLine = ({ snapshot, revision }: Edition): Element[] => {
  if (revision === null) return []
  const stem = stemOf(snapshot, revision)
  const others = formatsOf(snapshot).filter((format) => format !== 'html')
  const links = others.map((format) => h('a', { href: fileName(stem, fileKinds[format]) }, fileKinds[format].name))
  return [h('nav', { className: ['files'], ariaLabelledBy: ['files'] }, [h('p', { id: 'files' }, 'Files'), listOf(links)])]
}

const listOf = (links: readonly ElementContent[]): Element =>
  h(
    'ul',
    links.map((link) => h('li', link)),
  )
