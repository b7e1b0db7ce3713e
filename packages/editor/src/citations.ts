import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { changedBlocks } from './changed-blocks.ts'
import { REDRAW_MARGINS } from './margins.ts'

/** What stands behind cited words by now. */
export type Shown = {
  readonly numbers: DecorationSet
  /** Place in the list, from 1, by the id of a source. */
  readonly placeById: ReadonlyMap<string, number>
}

const key = new PluginKey<Shown>('stet-citations')

/** A small number behind each cited range: the place of its source in the list. */
export const citationsPlugin = (script: Dispatch): Plugin => {
  const all = (doc: Node): Shown => {
    const placeById = new Map(script.sources.list().map(({ id }, index) => [id, index + 1]))
    return { placeById, numbers: DecorationSet.create(doc, numbersIn(doc, 0, doc.content.size, placeById)) }
  }
  return new Plugin<Shown>({
    key,
    state: {
      init: (_, { doc }) => all(doc),
      apply: (transaction, shown, before, { doc }) => {
        if (transaction.getMeta(REDRAW_MARGINS) === true) return all(doc)
        if (!transaction.docChanged) return shown
        const { placeById } = shown
        const { from, to } = changedBlocks(before.doc, doc)
        const mapped = shown.numbers.map(transaction.mapping, doc)
        const numbers = mapped.remove(mapped.find(from, to)).add(doc, numbersIn(doc, from, to, placeById))
        return { placeById, numbers }
      },
    },
    props: { decorations: (state) => key.getState(state)?.numbers ?? null },
  })
}

const numbersIn = (doc: Node, from: number, to: number, placeById: Shown['placeById']): Decoration[] => {
  const decorations: Decoration[] = []
  doc.nodesBetween(from, to, (block, at) => {
    block.forEach((inline, offset, index) => {
      const next = block.maybeChild(index + 1)
      for (const mark of inline.marks) {
        const place = placeById.get(String(mark.attrs['source']))
        if (mark.type.name === 'cite' && place !== undefined && !(next && mark.isInSet(next.marks)))
          decorations.push(numberBehind(at + 1 + offset + inline.nodeSize, place))
      }
    })
    return false
  })
  return decorations
}

const numberBehind = (at: number, number: number): Decoration =>
  Decoration.widget(at, () => numberElement(number), {
    side: -1,
    key: `cite-${number}`,
    ignoreSelection: true,
    marks: [],
  })

const numberElement = (number: number): HTMLElement => {
  const element = document.createElement('sup')
  element.className = 'cite-number'
  element.textContent = String(number)
  return element
}
