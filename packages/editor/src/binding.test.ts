import { visibleBlocks } from '@stet/schema/layout/body-view'
import { type Dispatch, openDispatch } from '@stet/schema/layout/open-dispatch'
import { takeSnapshot } from '@stet/schema/layout/take-snapshot'
import fc from 'fast-check'
import { Fragment, type Node, Slice } from 'prosemirror-model'
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Binding, bindScript } from './binding.ts'
import { nodeOf } from './block-node.ts'
import { type CommandContext, type CommandName, citeSource, commands } from './commands.ts'
import { placedBlocks } from './points.ts'
import { scriptSchema } from './script-schema.ts'
import { createUndo } from './undo.ts'

/** An editor without a DOM: the binding on a state of its own. */
type Desk = {
  script: Dispatch
  binding: Binding
  state: () => EditorState
  context: () => CommandContext
  run: (name: CommandName) => boolean
  type: (text: string) => void
  caret: (block: number, offset: number, toBlock?: number, toOffset?: number) => void
  apply: (transaction: Transaction) => void
  lines: () => string[]
  readOnly: { is: boolean }
}

const mark = () => ({ at: '', by: 'test' })

const openDesk = (clientID: number, script = openDispatch(new Y.Doc())): Desk => {
  script.doc.clientID = clientID
  let state = EditorState.create({ schema: scriptSchema })
  const origin = { desk: clientID }
  const readOnly = { is: false }
  const binding = bindScript(
    script,
    { get: () => state, set: (next) => (state = next) },
    { origin, mark, isReadOnly: () => readOnly.is || script.isNewerLayout() },
  )
  const history = createUndo(binding)
  const apply = (transaction: Transaction) => {
    binding.apply(transaction)
    expectEqual(binding, state)
  }
  const context = (): CommandContext => ({ state, dispatch: apply, binding, script, signature: { origin, mark }, ...history })
  return {
    script,
    binding,
    readOnly,
    state: () => state,
    context,
    run: (name) => {
      const did = commands[name].run(context())
      expectEqual(binding, state)
      return did
    },
    type: (text) => apply(state.tr.insertText(text)),
    caret: (block, offset, toBlock = block, toOffset = offset) => {
      const at = (index: number, within: number) => (placedBlocks(state.doc)[index]?.at ?? 0) + 1 + within
      apply(state.tr.setSelection(TextSelection.create(state.doc, at(block, offset), at(toBlock, toOffset))))
    },
    apply,
    lines: () =>
      placedBlocks(state.doc).map(
        ({ node }) =>
          `${node.type.name === 'turn' ? (node.attrs['speaker'] ?? '-') : node.type.name}: ${node.textBetween(0, node.content.size, '', (leaf) => `[${leaf.attrs['cue']}]`)}`,
      ),
  }
}

/** E1: the document says what the body says. */
const expectEqual = (binding: Binding, state: EditorState) => {
  const blocks = visibleBlocks(binding.body.read())
  if (blocks.length === 0) expect(state.doc.textContent).toBe('')
  else expect(state.doc.toJSON()).toEqual(scriptSchema.node('doc', null, blocks.map(nodeOf)).toJSON())
  state.doc.check()
}

const meet = (a: Desk, b: Desk) => {
  const [fromA, fromB] = [
    Y.encodeStateAsUpdate(a.script.doc, Y.encodeStateVector(b.script.doc)),
    Y.encodeStateAsUpdate(b.script.doc, Y.encodeStateVector(a.script.doc)),
  ]
  Y.applyUpdate(a.script.doc, fromB)
  Y.applyUpdate(b.script.doc, fromA)
}

const twoHosts = (): Desk => {
  const desk = openDesk(1)
  desk.script.speakers.add({ name: 'ada', color: 1 }, null, { id: 'ada' })
  desk.script.speakers.add({ name: 'bo', color: 2 }, null, { id: 'bo' })
  desk.script.sources.add({ title: 'log' }, null, { id: 's1' })
  desk.run('nextBlock')
  desk.type('one two')
  desk.run('nextBlock')
  desk.type('three')
  return desk
}

const paste = (desk: Desk, nodes: Node[], open = 1) =>
  desk.apply(desk.state().tr.replaceSelection(new Slice(Fragment.fromArray(nodes), open, open)))
const turn = (speaker: string | null, text: string) =>
  scriptSchema.node('turn', { speaker }, text === '' ? [] : [scriptSchema.text(text)])

describe('commands', () => {
  it('Enter at the end gives the next turn to the other host', () => {
    expect(twoHosts().lines()).toEqual(['ada: one two', 'bo: three'])
  })

  it('the first letter typed into an empty script begins the first turn', () => {
    const desk = openDesk(1)
    desk.type('x')
    expect(desk.lines()).toEqual(['-: x'])
    expect(visibleBlocks(desk.binding.view()).length).toBe(1)
  })

  it('Enter inside splits and keeps the speaker, Mod-Enter gives the rest to the other', () => {
    const desk = twoHosts()
    desk.caret(0, 4)
    desk.run('nextBlock')
    expect(desk.lines()).toEqual(['ada: one ', 'ada: two', 'bo: three'])
    desk.type('a ')
    desk.caret(2, 2)
    desk.run('splitToOther')
    expect(desk.lines()).toEqual(['ada: one ', 'ada: a two', 'bo: th', 'ada: ree'])
  })

  it('Enter at the start makes room before and stays with the text', () => {
    const desk = twoHosts()
    desk.caret(1, 0)
    desk.run('nextBlock')
    desk.type('X')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: ', 'bo: Xthree'])
  })

  it('Backspace at the start joins, Delete at the end too, and an empty neighbour goes first', () => {
    const desk = twoHosts()
    desk.caret(1, 0)
    desk.run('joinBefore')
    desk.type('-')
    expect(desk.lines()).toEqual(['ada: one two-three'])
    desk.run('undo')
    desk.run('undo')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
    desk.caret(0, 7)
    desk.run('nextBlock')
    desk.caret(2, 0)
    desk.run('joinBefore')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
    desk.caret(0, 7)
    desk.run('joinAfter')
    expect(desk.lines()).toEqual(['ada: one twothree'])
  })

  it('Alt-Up and Alt-Down move a block and keep the caret in it', () => {
    const desk = twoHosts()
    desk.caret(1, 2)
    desk.run('moveUp')
    desk.type('X')
    expect(desk.lines()).toEqual(['bo: thXree', 'ada: one two'])
    desk.run('moveDown')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: thXree'])
  })

  it('Tab at the start of a turn changes the speaker, and elsewhere it is left to the page', () => {
    const desk = twoHosts()
    desk.caret(1, 0)
    expect(desk.run('nextSpeaker')).toBe(true)
    expect(desk.lines()).toEqual(['ada: one two', 'ada: three'])
    desk.caret(1, 1)
    expect(desk.run('nextSpeaker')).toBe(false)
  })

  it('a source is cited on the selection, or on the sentence, and taken off again', () => {
    const desk = twoHosts()
    desk.caret(0, 0, 0, 3)
    citeSource(desk.context(), 's1')
    desk.caret(1, 2)
    citeSource(desk.context(), 's1')
    const taken = takeSnapshot(desk.script.doc, 'abcdefghijklmnopqrstuv' as never)
    expect(taken.ok && taken.snapshot.body.map(({ content }) => content)).toEqual([
      [
        { type: 'text', text: 'one', marks: { cites: ['s1'] } },
        { type: 'text', text: ' two' },
      ],
      [{ type: 'text', text: 'three', marks: { cites: ['s1'] } }],
    ])
    citeSource(desk.context(), 's1')
    expect(desk.state().doc.lastChild?.firstChild?.marks).toEqual([])
  })

  it('chapters and kinds', () => {
    const desk = twoHosts()
    desk.run('insertChapter')
    desk.type('Part')
    expect(desk.lines()).toEqual(['ada: one two', 'chapter: Part', 'bo: three'])
    desk.run('nextBlock')
    desk.type('new')
    expect(desk.lines()).toEqual(['ada: one two', 'chapter: Part', 'bo: new', 'bo: three'])
    desk.run('removeBlock')
    expect(desk.lines()).toEqual(['ada: one two', 'chapter: Part', 'bo: three'])
  })
})

describe('what the browser does on its own', () => {
  it('a deletion over several blocks joins the ends, and typing over it too', () => {
    const desk = twoHosts()
    desk.run('nextBlock')
    desk.type('four')
    desk.caret(0, 4, 2, 2)
    desk.type('X')
    expect(desk.lines()).toEqual(['ada: one Xur'])
    desk.run('undo')
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three', 'ada: four'])
  })

  it('several turns pasted inside one split it and keep their speakers', () => {
    const desk = twoHosts()
    desk.caret(0, 3)
    paste(desk, [turn('ada', 'A'), turn('bo', 'B'), turn('ada', 'C')])
    expect(desk.lines()).toEqual(['ada: oneA', 'bo: B', 'ada: C two', 'bo: three'])
  })

  it('marks and cues come along', () => {
    const desk = twoHosts()
    desk.caret(1, 5)
    paste(desk, [
      scriptSchema.node('turn', {}, [
        scriptSchema.text('!', [scriptSchema.mark('strong')]),
        scriptSchema.node('cue', { cue: 'tsk' }),
      ]),
    ])
    expect(desk.lines()[1]).toBe('bo: three![tsk]')
  })

  it('a change that means nothing to the body is brought back to what the body says', () => {
    const desk = twoHosts()
    desk.apply(desk.state().tr.setNodeMarkup(0, scriptSchema.nodes['heading']))
    expect(desk.lines()).toEqual(['ada: one two', 'bo: three'])
  })
})

it("E3: undo takes back one's own acts and leaves a colleague's", () => {
  const [ada, bo] = [twoHosts(), openDesk(2)]
  meet(ada, bo)
  ada.binding.undoManager.clear()
  ada.caret(0, 7)
  ada.type(' mine')
  bo.caret(1, 0)
  bo.type('theirs ')
  meet(ada, bo)
  ada.run('undo')
  meet(ada, bo)
  expect(ada.lines()).toEqual(['ada: one two', 'bo: theirs three'])
  expect(bo.lines()).toEqual(ada.lines())
})

it("one's caret stays with its letters when others write above, split and move", () => {
  const [ada, bo] = [twoHosts(), openDesk(2)]
  meet(ada, bo)
  ada.caret(1, 3)
  bo.caret(0, 3)
  bo.type(' more')
  bo.run('nextBlock')
  bo.run('moveDown')
  meet(ada, bo)
  ada.type('|')
  expect(ada.lines().find((line) => line.includes('|'))).toBe('bo: thr|ee')
})

describe('E4: read-only', () => {
  it.each(['viewer', 'newer layout'])('a %s emits nothing', (why) => {
    const desk = twoHosts()
    if (why === 'viewer') desk.readOnly.is = true
    else desk.script.meta.set('layout', 99)
    const before = Y.encodeStateAsUpdate(desk.script.doc)
    for (const name of Object.keys(commands) as CommandName[]) commands[name].run(desk.context())
    desk.binding.apply(desk.state().tr.insertText('x', 1))
    desk.binding.apply(desk.state().tr.delete(0, desk.state().doc.content.size))
    expect(Y.encodeStateAsUpdate(desk.script.doc)).toEqual(before)
  })

  it('marks that this program does not know are kept and shown as plain text', () => {
    const desk = twoHosts()
    desk.binding.body.formatText(visibleBlocks(desk.binding.view())[0]?.id ?? '', 0, 3, { sparkle: true }, null)
    desk.caret(0, 7)
    desk.type('!')
    expect(desk.script.body.text.toDelta().some(({ attributes = {} }: { attributes?: object }) => 'sparkle' in attributes)).toBe(
      true,
    )
  })
})

/** STET_TRACES sets how many; a failure prints its seed and path. */
it('E1, E2: editors that do anything, through partitions, stay equal to their bodies and end equal, no letter lost or doubled', () => {
  const act = fc.record({
    desk: fc.nat(2),
    kind: fc.constantFrom<CommandName | 'type' | 'select' | 'meet' | 'paste' | 'erase'>(
      'type',
      'type',
      'type',
      'meet',
      'meet',
      'select',
      'erase',
      'paste',
      'nextBlock',
      'splitToOther',
      'joinBefore',
      'joinAfter',
      'moveUp',
      'moveDown',
      'nextSpeaker',
      'removeBlock',
      'insertChapter',
      'strong',
      'undo',
      'redo',
    ),
    at: fc.nat(1_000),
    to: fc.nat(1_000),
  })
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), (trace) => {
      const first = twoHosts()
      const desks = [first, openDesk(2), openDesk(3)]
      const all = (a: number, b: number) => {
        const [one, other] = [desks[a % 3], desks[b % 3]]
        if (one && other && one !== other) meet(one, other)
      }
      all(0, 1)
      all(0, 2)
      const typed = new Set<string>()
      const excused = new Set<string>()
      let undone = false
      for (const { desk: index, kind, at, to } of trace) {
        const desk = desks[index]
        if (!desk) continue
        const { doc, selection } = desk.state()
        const place = (n: number) => TextSelection.near(doc.resolve(n % (doc.content.size + 1))).head
        const covered = () => {
          for (const character of doc.textBetween(selection.from, selection.to)) excused.add(character)
        }
        if (kind === 'meet') all(at, to)
        else if (kind === 'select')
          desk.apply(desk.state().tr.setSelection(TextSelection.create(doc, place(at), at % 4 === 0 ? place(to) : place(at))))
        else if (kind === 'type' || kind === 'paste') {
          covered()
          const character = String.fromCharCode(0x4e00 + typed.size)
          typed.add(character)
          if (kind === 'type') desk.type(character)
          else paste(desk, [turn('ada', character), turn('bo', ''), turn(null, '')])
        } else if (kind === 'erase') {
          covered()
          desk.apply(desk.state().tr.deleteSelection())
        } else {
          if (kind === 'nextBlock' || kind === 'splitToOther') covered()
          if (kind === 'undo') undone = true
          desk.run(kind)
        }
        for (const each of desks) expectEqual(each.binding, each.state())
      }
      for (const [a, b] of [
        [0, 1],
        [1, 2],
        [0, 1],
        [0, 2],
      ] as const)
        all(a, b)
      for (const each of desks) {
        expectEqual(each.binding, each.state())
        expect(each.lines()).toEqual(first.lines())
      }
      const whole = first.script.body.text.toString()
      for (const character of typed) {
        const times = whole.split(character).length - 1
        expect(times === 1 || (times === 0 && (undone || excused.has(character))), `${character} stands ${times} times`).toBe(
          true,
        )
      }
    }),
    { numRuns: Number(process.env['STET_TRACES'] ?? 200) },
  )
})
