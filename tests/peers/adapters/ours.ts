import { type BodyBlock, visibleBlocks } from '@stet/schema/layout/body-view'
import { type Dispatch, openDispatch } from '@stet/schema/layout/open-dispatch'
import { type Segment, textOfRuns } from '@stet/schema/layout/segment'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import * as Y from 'yjs'
import { type Act, type Ensemble, nextVoice, type Peer, type Replica, ROSTER, type Turn } from '../port.ts'
import { exchangeUpdates } from './exchange-updates.ts'
import { provideWindow } from './window.ts'

/**
 * Ours: the script editor of the desk on a page, every act by the caret, the command and the clipboard events that a
 * person's keys would raise. Only a move over several turns is the body's own act, since Alt with an arrow goes one turn.
 *
 * A cut takes the whole turn as a selected node and fires `cut`, a paste fires `paste` with what the clipboard then holds,
 * the caret at the end of the turn before (or at the start of the first one).
 */
export const createOurs = (fault: Fault | null = null): Peer => ({
  name: fault === null ? 'Stet' : `Stet, broken: ${fault}`,
  packages: ['yjs'],
  open: async (script, clientIds): Promise<Ensemble> => {
    const page = provideWindow()
    const { createScriptEditor } = await import('@stet/editor/script-editor')
    const dispatches = clientIds.map((clientID) => openDispatch(Object.assign(new Y.Doc(), { clientID })))
    const exchange = (a: number, b: number) => exchangeUpdates(dispatches[a]?.doc, dispatches[b]?.doc)
    const [first] = dispatches
    for (const [index, name] of ROSTER.entries()) first?.speakers.add({ name, color: index + 1 }, null, { id: name })
    let last: string | null = null
    for (const { speaker, text } of first ? script : []) {
      last = first?.body.insertBlock(last, { kind: 'turn', speaker }, null) ?? null
      if (last) first?.body.insertText({ block: last, offset: 0 }, text, {}, null)
    }
    for (const other of dispatches.keys()) if (other > 0) exchange(0, other)
    const editors = dispatches.map((dispatch, index) =>
      createScriptEditor({
        mount: page.createElement('div'),
        dispatch,
        awareness: null,
        person: { name: `host ${index}`, color: 1 },
        now: () => new Date(0),
        readOnly: false,
        label: 'Script',
        onAskStart: () => undefined,
        // Nobody looks at the margins here.
        schedule: { soon: () => () => undefined, painted: () => () => undefined, later: () => () => undefined },
        commandList: { choices: () => [], run: () => undefined },
        cues: () => [],
        addSource: () => '',
        askForSource: () => undefined,
      }),
    )
    return {
      replicas: editors.map((editor, index) => replicaOf(editor, dispatches[index] as Dispatch, fault)),
      exchange,
    }
  },
})

/** Ways to break it, so that the comparison is seen to catch them. */
export const FAULTS = ['join-deletes', 'split-reinserts', 'move-copies'] as const
export type Fault = (typeof FAULTS)[number]

type Editor = ReturnType<typeof import('@stet/editor/script-editor').createScriptEditor>

const replicaOf = ({ view, commands, destroy }: Editor, script: Dispatch, fault: Fault | null): Replica => {
  const origin = { fault }
  const { body } = script
  const startOf = (turn: number): number => {
    let at = 0
    for (let index = 0; index < turn; index++) at += view.state.doc.child(index).nodeSize
    return at
  }
  const blockAt = (turn: number): BodyBlock => {
    const block = visibleBlocks(body.read())[turn]
    if (!block) throw new Error(`there is no turn ${turn}`)
    return block
  }
  const caret = (turn: number, offset: number) =>
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, startOf(turn) + 1 + offset)))
  const run = (name: keyof typeof commands) => {
    if (!commands[name]()) throw new Error(`the command ${name} did nothing`)
  }
  const type = (text: string) => view.dispatch(view.state.tr.insertText(text))
  const fire = (name: 'cut' | 'paste', clipboardData: Clipboard) =>
    view.dom.dispatchEvent(Object.assign(new window.Event(name, { bubbles: true, cancelable: true }), { clipboardData }))

  const read = (): Turn[] =>
    view.state.doc.content.content
      .filter(({ attrs }) => attrs['id'] !== '')
      .map((node) => ({ speaker: node.attrs['speaker'], text: node.textContent }))

  const act = (act: Act): void => {
    const { content } = view.state.doc.child(act.turn)
    switch (act.kind) {
      case 'type':
        caret(act.turn, act.offset)
        type(act.text)
        break
      case 'split':
        caret(act.turn, act.offset)
        run(act.speaker === 'keep' ? 'nextBlock' : 'splitToOther')
        break
      case 'next':
        caret(act.turn, content.size)
        run('nextBlock')
        type(act.text)
        break
      case 'join':
        caret(act.turn, 0)
        run('joinBefore')
        break
      case 'move':
        if (act.before === act.turn - 1 || act.before === act.turn + 2) {
          caret(act.turn, 0)
          run(act.before < act.turn ? 'moveUp' : 'moveDown')
        } else body.move(blockAt(act.turn).id, visibleBlocks(body.read())[act.before]?.id ?? null, origin)
        break
      case 'paste': {
        const clipboard = emptyClipboard()
        view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, startOf(act.turn))))
        fire('cut', clipboard)
        const before = act.before > act.turn ? act.before - 1 : act.before
        if (before === 0) caret(0, 0)
        else caret(before - 1, view.state.doc.child(before - 1).content.size)
        fire('paste', clipboard)
        break
      }
      case 'remove':
        caret(act.turn, 0)
        run('removeBlock')
        break
      case 'speak':
        caret(act.turn, 0)
        run('nextSpeaker')
        break
    }
  }

  /** Does an act as an editor would that knows no markers; answers false where the fault does not touch it. */
  const brokenAct = (given: Act): boolean => {
    const text = () => textOfBlock(blockAt(given.turn))
    const speaker = view.state.doc.child(given.turn).attrs['speaker']
    const insertAfter = (turn: number, who: string | null, words: string) => {
      const after = turn < 0 ? null : blockAt(turn).id
      body.insertText({ block: body.insertBlock(after, { kind: 'turn', speaker: who }, origin), offset: 0 }, words, {}, origin)
    }
    if (fault === 'join-deletes' && given.kind === 'join') {
      const before = blockAt(given.turn - 1)
      body.insertText({ block: before.id, offset: before.length }, text(), {}, origin)
      body.remove(blockAt(given.turn).id, { at: '', by: '' }, origin)
      return true
    }
    if (fault === 'split-reinserts' && given.kind === 'split') {
      const tail = text().slice(given.offset)
      body.deleteText(blockAt(given.turn).id, given.offset, given.offset + tail.length, origin)
      insertAfter(given.turn, given.speaker === 'keep' ? speaker : nextVoice(read(), given.turn), tail)
      return true
    }
    if (fault === 'move-copies' && given.kind === 'move') {
      const words = text()
      body.remove(blockAt(given.turn).id, { at: '', by: '' }, origin)
      insertAfter((given.before > given.turn ? given.before - 1 : given.before) - 1, speaker, words)
      return true
    }
    return false
  }

  return {
    act: (given) => {
      if (!brokenAct(given)) act(given)
    },
    read,
    setAside: () =>
      body
        .read()
        .blocks.filter(({ flagged }) => flagged.length > 0)
        .map(({ segments, visible }) => hiddenText(segments.filter((segment) => !visible.includes(segment)))),
    close: destroy,
  }
}

const hiddenText = (segments: readonly Segment[]): string => segments.map(({ runs }) => textOfRuns(runs)).join('')

const textOfBlock = ({ visible }: BodyBlock): string => visible.map(({ runs }) => textOfRuns(runs)).join('')

/** As much of a `DataTransfer` as a copied text needs. */
type Clipboard = Pick<DataTransfer, 'setData' | 'getData' | 'clearData' | 'types' | 'files'>

const emptyClipboard = (): Clipboard => {
  const data = new Map<string, string>()
  return {
    setData: (format, text) => void data.set(format, text),
    getData: (format) => data.get(format) ?? '',
    clearData: () => data.clear(),
    get types() {
      return [...data.keys()]
    },
    files: [] as unknown as FileList,
  }
}
