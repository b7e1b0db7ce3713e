import { visibleBlocks } from '@stet/schema/layout/body-view'
import { type Dispatch, openDispatch } from '@stet/schema/layout/open-dispatch'
import { Fragment, type Node, Slice } from 'prosemirror-model'
import { EditorState, type Plugin, TextSelection, type Transaction } from 'prosemirror-state'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { type Binding, bindScript } from './binding.ts'
import { nodeOf } from './block-node.ts'
import type { CommandContext } from './command-context.ts'
import { type Command, type CommandName, commands } from './commands.ts'
import { firstBlockOf } from './first-block.ts'
import { firstScreens } from './first-screens.ts'
import { placedBlocks } from './points.ts'
import { scriptSchema } from './script-schema.ts'
import { recordStart } from './start-acts.ts'
import { showBody } from './sync-document.ts'
import { createUndo } from './undo.ts'

/** An editor without a DOM: the binding on a state of its own. */
export type Desk = {
  script: Dispatch
  binding: Binding
  state: () => EditorState
  context: () => CommandContext
  /** As by its first key. */
  run: (name: CommandName) => boolean
  recordStart: (block: string, start: number | null) => boolean
  type: (text: string) => void
  caret: (block: number, offset: number, toBlock?: number, toOffset?: number) => void
  apply: (transaction: Transaction) => void
  lines: () => string[]
  /** The block whose start was asked for last. */
  askedStart: { of: string | null }
  readOnly: { is: boolean }
  composing: { is: boolean }
}

const mark = () => ({ at: '', by: 'test' })

export const openDesk = (
  clientID: number,
  script = openDispatch(new Y.Doc()),
  plugins: (binding: () => Binding | null) => Plugin[] = () => [],
): Desk => {
  script.doc.clientID = clientID
  let bound: Binding | null = null
  const begun = showBody(firstScreens(script.body.read().visible), firstBlockOf(script))
  let state = EditorState.create({ doc: begun.doc, plugins: plugins(() => bound) })
  const origin = { desk: clientID }
  const readOnly = { is: false }
  const askedStart: Desk['askedStart'] = { of: null }
  const askStart = (block: string) => {
    askedStart.of = block
    return true
  }
  const composing = { is: false }
  const binding = bindScript(
    script,
    { get: () => state, set: (next) => (state = next), isComposing: () => composing.is },
    { origin, mark, isReadOnly: () => readOnly.is || script.isNewerLayout() },
    begun,
  )
  bound = binding
  const history = createUndo(binding)
  const apply = (transaction: Transaction) => {
    binding.apply(transaction)
    if (!composing.is) expectEqual(binding, state)
  }
  const context = (): CommandContext => ({
    state,
    dispatch: apply,
    binding,
    script,
    signature: { origin, mark },
    askStart,
    ...history,
  })
  return {
    script,
    binding,
    askedStart,
    readOnly,
    composing,
    state: () => state,
    context,
    run: (name) => {
      const { keys, onKey, run }: Command = commands[name]
      const did = (onKey?.(context(), keys[0] ?? '') ?? true) && run(context())
      if (!composing.is) expectEqual(binding, state)
      return did
    },
    recordStart: (block, start) => recordStart(context(), block, start),
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
export const expectEqual = (binding: Binding, state: EditorState) => {
  const blocks = visibleBlocks(binding.body.read())
  if (blocks.length === 0) expect(state.doc.textContent).toBe('')
  else expect(state.doc.toJSON()).toEqual(scriptSchema.node('doc', null, blocks.map(nodeOf)).toJSON())
  state.doc.check()
}

export const meet = (a: Desk, b: Desk) => {
  const [fromA, fromB] = [
    Y.encodeStateAsUpdate(a.script.doc, Y.encodeStateVector(b.script.doc)),
    Y.encodeStateAsUpdate(b.script.doc, Y.encodeStateVector(a.script.doc)),
  ]
  Y.applyUpdate(a.script.doc, fromB)
  Y.applyUpdate(b.script.doc, fromA)
}

export const twoHosts = (): Desk => {
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

export const paste = (desk: Desk, nodes: Node[], open = 1) =>
  desk.apply(desk.state().tr.replaceSelection(new Slice(Fragment.fromArray(nodes), open, open)))
export const turn = (speaker: string | null, text: string) =>
  scriptSchema.node('turn', { speaker }, text === '' ? [] : [scriptSchema.text(text)])
