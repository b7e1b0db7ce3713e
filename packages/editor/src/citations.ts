import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { REDRAW_MARGINS } from './margins.ts'

const key = new PluginKey<DecorationSet>('stet-citations')

/** A small number behind each cited range: the place of its source in the list. */
export const citationsPlugin = (script: Dispatch): Plugin =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, { doc }) => numbersOf(doc, script),
      apply: (transaction, before, _, { doc }) =>
        transaction.docChanged || transaction.getMeta(REDRAW_MARGINS) === true ? numbersOf(doc, script) : before,
    },
    props: { decorations: (state) => key.getState(state) ?? null },
  })

const numbersOf = (doc: Node, script: Dispatch): DecorationSet => {
  const numbers = new Map(script.sources.list().map(({ id }, index) => [id, index + 1]))
  const decorations: Decoration[] = []
  doc.forEach((block, at) => {
    block.forEach((inline, offset, index) => {
      const next = block.maybeChild(index + 1)
      for (const mark of inline.marks) {
        const number = numbers.get(String(mark.attrs['source']))
        if (mark.type.name !== 'cite' || number === undefined || (next && mark.isInSet(next.marks))) continue
        decorations.push(
          Decoration.widget(at + 1 + offset + inline.nodeSize, () => numberElement(number), {
            side: -1,
            key: `cite-${number}`,
            ignoreSelection: true,
            marks: [],
          }),
        )
      }
    })
  })
  return DecorationSet.create(doc, decorations)
}

const numberElement = (number: number): HTMLElement => {
  const element = document.createElement('sup')
  element.className = 'cite-number'
  element.textContent = String(number)
  return element
}
