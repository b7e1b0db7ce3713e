import { joinBackward, splitBlock, splitBlockAs } from 'prosemirror-commands'
import { type Node, Schema } from 'prosemirror-model'
import { type Command, EditorState, TextSelection, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import * as Y from 'yjs'
import { type Act, type Ensemble, nextVoice, type Peer, type Replica, speakerAfter, type Turn } from '../port.ts'
import { exchangeUpdates } from './exchange-updates.ts'
import { provideWindow } from './window.ts'

/**
 * y-prosemirror, the binding under Tiptap and BlockNote, on real views and a flat document like ours: each turn a
 * textblock with a `speaker`. Enter and Backspace are ProseMirror's own commands, as in those editors; a move is a
 * deletion and an insertion in one transaction, a cut and a paste are two.
 */
export const yProsemirror: Peer = {
  name: 'y-prosemirror',
  packages: ['y-prosemirror', 'yjs'],
  open: async (script, clientIds): Promise<Ensemble> => {
    const page = provideWindow()
    const [{ EditorView }, { ySyncPlugin }] = await Promise.all([import('prosemirror-view'), import('y-prosemirror')])
    const docs = clientIds.map((clientID) => Object.assign(new Y.Doc(), { clientID }))
    const exchange = (a: number, b: number) => exchangeUpdates(docs[a], docs[b])
    const open = (doc: Y.Doc): EditorView =>
      new EditorView(page.createElement('div'), {
        state: EditorState.create({ schema, plugins: [ySyncPlugin(doc.getXmlFragment('prosemirror'))] }),
      })
    // The first replica writes the script, the others open what they were sent.
    const views: EditorView[] = []
    for (const [index, doc] of docs.entries()) {
      if (index > 0) exchange(0, index)
      const view = open(doc)
      if (index === 0) view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, script.map(turnNode)))
      views.push(view)
    }
    return { replicas: views.map(replicaOf), exchange }
  },
}

const schema = new Schema({
  nodes: {
    doc: { content: 'turn+' },
    turn: {
      content: 'text*',
      attrs: { speaker: { default: null } },
      toDOM: (node) => ['div', { 'data-speaker': node.attrs['speaker'] }, 0],
    },
    text: {},
  },
})

const turnNode = ({ speaker, text }: Turn): Node => schema.node('turn', { speaker }, text === '' ? [] : [schema.text(text)])

const replicaOf = (view: EditorView): Replica => {
  const startOf = (turn: number): number => {
    let at = 0
    for (let index = 0; index < turn; index++) at += view.state.doc.child(index).nodeSize
    return at
  }
  const caret = (turn: number, offset: number) =>
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, startOf(turn) + 1 + offset)))
  const run = (command: Command) => {
    if (!command(view.state, view.dispatch)) throw new Error('a command of ProseMirror did nothing')
  }
  const splitTo = (speaker: string) => run(splitBlockAs((node) => ({ type: node.type, attrs: { speaker } })))
  const without = (transaction: Transaction, turn: number) =>
    transaction.delete(startOf(turn), startOf(turn) + view.state.doc.child(turn).nodeSize)
  const insert = (transaction: Transaction, before: number, node: Node) => {
    let at = 0
    for (let index = 0; index < before; index++) at += transaction.doc.child(index).nodeSize
    return transaction.insert(at, node)
  }

  const read = (): Turn[] =>
    view.state.doc.content.content.map((node) => ({ speaker: node.attrs['speaker'], text: node.textContent }))
  const act = (act: Act): void => {
    const node = view.state.doc.child(act.turn)
    const speaker: string | null = node.attrs['speaker']
    switch (act.kind) {
      case 'type':
        caret(act.turn, act.offset)
        view.dispatch(view.state.tr.insertText(act.text))
        break
      case 'split':
        caret(act.turn, act.offset)
        if (act.speaker === 'keep') run(splitBlock)
        else splitTo(nextVoice(read(), act.turn))
        break
      case 'next':
        caret(act.turn, node.content.size)
        splitTo(nextVoice(read(), act.turn))
        view.dispatch(view.state.tr.insertText(act.text))
        break
      case 'join':
        caret(act.turn, 0)
        run(joinBackward)
        break
      case 'move':
      case 'paste': {
        const before = act.before > act.turn ? act.before - 1 : act.before
        if (act.kind === 'move') {
          view.dispatch(insert(without(view.state.tr, act.turn), before, node))
          break
        }
        view.dispatch(without(view.state.tr, act.turn))
        view.dispatch(insert(view.state.tr, before, node))
        break
      }
      case 'remove':
        view.dispatch(without(view.state.tr, act.turn))
        break
      case 'speak':
        view.dispatch(view.state.tr.setNodeAttribute(startOf(act.turn), 'speaker', speakerAfter(speaker)))
        break
    }
  }
  return {
    act,
    read,
    setAside: () => [],
    close: () => view.destroy(),
  }
}
