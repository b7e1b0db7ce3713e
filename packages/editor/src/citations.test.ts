import { openDispatch } from '@stet/schema/layout/open-dispatch'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { citationsPlugin, type Shown } from './citations.ts'
import type { CommandName } from './commands.ts'
import { openDesk } from './headless-desk.ts'

it('C1: the numbers of citations stand behind the cited words, whatever is written, split, joined and moved around them', () => {
  const act = fc.record({
    kind: fc.constantFrom<CommandName | 'type' | 'cite' | 'erase' | 'caret'>(
      'type',
      'cite',
      'cite',
      'erase',
      'caret',
      'nextBlock',
      'joinBefore',
      'moveUp',
      'undo',
      'removeBlock',
    ),
    at: fc.nat(100),
    to: fc.nat(100),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const script = openDispatch(new Y.Doc())
      for (const id of ['s1', 's2', 's3']) script.sources.add({ title: id }, null, { id })
      const citations = citationsPlugin(script)
      const desk = openDesk(1, script, () => [citations])
      const shown = () =>
        (citations.getState(desk.state()) as Shown).numbers
          .find()
          .map(({ from, spec }) => `${from} ${(spec as { key: string }).key}`)
      for (const { kind, at, to } of acts) {
        const visible = desk.binding.view().visible
        const block = visible[at % Math.max(visible.length, 1)]
        if (kind === 'type') desk.type('word ')
        else if (kind === 'caret') desk.caret(at % desk.state().doc.childCount, 0)
        else if (kind === 'erase') desk.apply(desk.state().tr.delete(1, Math.min(4, desk.state().doc.child(0).nodeSize - 1)))
        else if (kind === 'cite') {
          if (block)
            desk.binding.act(() =>
              desk.binding.body.formatText(block.id, to % 7, (to % 7) + 4, { [`cite:s${1 + (at % 3)}`]: true }, {}),
            )
        } else desk.run(kind)
        const fresh = citationsPlugin(script)
        const anew = fresh.spec.state?.init({}, desk.state()) as Shown
        expect(shown().toSorted()).toEqual(
          anew.numbers
            .find()
            .map(({ from, spec }) => `${from} ${(spec as { key: string }).key}`)
            .toSorted(),
        )
      }
    }),
    { numRuns: 200 },
  )
})
