import fc from 'fast-check'
import type { Node } from 'prosemirror-model'
import { expect, it } from 'vitest'
import { type Desk, openDesk } from './headless-desk.ts'
import { scriptSchema } from './script-schema.ts'

const inline = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'bb', 'ccc dd'), fc.subarray(['strong', 's1', 's2']))
    .map(([words, marks]) => scriptSchema.text(words, marks.map(markOf))),
  fc.constantFrom('tsk', 'laughs').map((cue) => scriptSchema.node('cue', { cue })),
)
const inlines = fc.array(inline, { maxLength: 3 })
const markOf = (name: string) => scriptSchema.mark(name === 'strong' ? name : 'cite', name === 'strong' ? {} : { source: name })

/** A script whose turns were joined and moved, so that its text lies in another order than it shows. */
const tossed = (turns: readonly (readonly Node[])[], joins: readonly number[], moves: readonly number[]): Desk => {
  const desk = openDesk(1)
  for (const [index, id] of ['s1', 's2'].entries()) desk.script.sources.add({ title: `${index}` }, null, { id })
  for (const turn of turns) {
    desk.run('nextBlock')
    for (const node of turn) desk.apply(desk.state().tr.replaceSelectionWith(node, false))
  }
  const last = () => desk.state().doc.childCount - 1
  for (const nth of moves) {
    desk.caret(nth % (last() + 1), 0)
    desk.run('moveUp')
  }
  for (const nth of joins) {
    desk.caret(nth % (last() + 1), 0)
    desk.run('joinBefore')
  }
  return desk
}

/** Letter by letter, with the names of what it rests on in no order. */
const said = (doc: Node): string[][] =>
  doc.content.content.map((block) =>
    block.content.content.flatMap((node) => {
      const marks = node.marks.map(({ type, attrs }) => attrs['source'] ?? type.name).toSorted()
      return Array.from(node.text ?? [node.attrs['cue']], (letter) => [letter, ...marks].join())
    }),
  )

it('E1: many replacements in one transaction are one update that says what the document says, and one step back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(inline, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 }),
      fc.array(fc.nat(20), { maxLength: 2 }),
      fc.array(fc.nat(20), { maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(60), fc.nat(4), inlines), { minLength: 2, maxLength: 6 }),
      (turns, joins, moves, given) => {
        const desk = tossed(turns, joins, moves)
        const before = desk.state().doc
        const { tr } = desk.state()
        let reached = before.content.size
        for (const [at, length, content] of given.toSorted(([one], [other]) => other - one)) {
          const from = before.resolve(Math.min(at, reached))
          const to = Math.min(from.pos + length, from.parent === before ? 0 : from.end(), reached)
          if (from.parent === before || to < from.pos) continue
          tr.replaceWith(from.pos, to, content)
          reached = from.pos
        }
        let updates = 0
        desk.script.doc.on('update', () => updates++)
        desk.binding.undoManager.stopCapturing()
        desk.apply(tr)
        expect(said(desk.state().doc)).toEqual(said(tr.doc))
        if (tr.steps.length > 1) expect(updates).toBe(1)
        if (tr.docChanged) desk.run('undo')
        expect(said(desk.state().doc)).toEqual(said(before))
      },
    ),
    { numRuns: 300 },
  )
})

it('E1: replacements from the start onwards are written one after the other', () => {
  const desk = tossed([[scriptSchema.text('abc')], [scriptSchema.text('def')]], [], [])
  desk.apply(desk.state().tr.insertText('longer ', 1, 2).insertText('!', 9).insertText('D', 13, 14))
  expect(desk.state().doc.textBetween(0, desk.state().doc.content.size, '/')).toBe('longer b!c/Def')
})
