import * as Automerge from '@automerge/automerge'
import { type Act, type Ensemble, nextVoice, type Peer, type Replica, speakerAfter, type Turn } from '../port.ts'

/**
 * Automerge's rich text: one text with block markers, a marker {type, parents, attrs: {speaker}} at the front of each turn,
 * as its rich text schema says. Split, join and change of speaker are `splitBlock`, `joinBlock` and `updateBlock`. It has no
 * move: a moved or pasted turn is deleted with its marker and inserted again.
 */
export const automerge: Peer = {
  name: 'Automerge',
  packages: ['@automerge/automerge'],
  open: async (script, clientIds): Promise<Ensemble> => {
    const [firstId = 1, ...otherIds] = clientIds
    let first = Automerge.from<Script>({ text: '' }, actorOf(firstId))
    first = Automerge.change(first, (doc) => {
      let index = 0
      for (const turn of script) index += insertTurn(doc, index, turn)
    })
    const held = [first, ...otherIds.map((id) => Automerge.clone(first, actorOf(id)))].map((doc) => ({ doc }))
    return {
      replicas: held.map(replicaOf),
      exchange: (a, b) => {
        const [one, other] = [held[a], held[b]]
        if (!one || !other) throw new Error('there is no such replica')
        one.doc = Automerge.merge(one.doc, other.doc)
        other.doc = Automerge.merge(other.doc, one.doc)
      },
    }
  },
}

type Script = { text: string }

const PATH = ['text']

const actorOf = (clientId: number): string => clientId.toString(16).padStart(8, '0')

const blockOf = (speaker: string | null) => ({ type: 'turn', parents: [], attrs: { speaker } })

/** Answers how many places the turn takes. */
const insertTurn = (doc: Script, index: number, { speaker, text }: Turn): number => {
  Automerge.splitBlock(doc, PATH, index, blockOf(speaker))
  Automerge.splice(doc, PATH, index + 1, 0, text)
  return 1 + text.length
}

/** A turn, where it begins and where its text does: text before any marker is a turn of nobody's. */
type Placed = Turn & { readonly from: number; readonly start: number; readonly end: number }

const placedTurns = (doc: Automerge.Doc<Script>): Placed[] => {
  const turns: Placed[] = []
  let index = 0
  for (const span of Automerge.spans(doc, PATH)) {
    if (span.type === 'block') {
      const { speaker = null } = (span.value['attrs'] ?? {}) as { speaker?: unknown }
      turns.push({ speaker: speaker === null ? null : String(speaker), text: '', from: index, start: index + 1, end: index + 1 })
      index += 1
      continue
    }
    index += span.value.length
    const last = turns.pop() ?? { speaker: null, text: '', from: 0, start: 0 }
    turns.push({ ...last, text: last.text + span.value, end: index })
  }
  return turns
}

const replicaOf = (held: { doc: Automerge.Doc<Script> }): Replica => {
  const perform = (doc: Script, act: Act, turns: readonly Placed[]): void => {
    const turn = turns[act.turn]
    if (!turn) throw new Error(`there is no turn ${act.turn}`)
    const { speaker, from, start, end } = turn
    switch (act.kind) {
      case 'type':
        Automerge.splice(doc, PATH, start + act.offset, 0, act.text)
        break
      case 'split':
        Automerge.splitBlock(
          doc,
          PATH,
          start + act.offset,
          blockOf(act.speaker === 'keep' ? speaker : nextVoice(turns, act.turn)),
        )
        break
      case 'next':
        insertTurn(doc, end, { speaker: nextVoice(turns, act.turn), text: act.text })
        break
      case 'join':
        Automerge.joinBlock(doc, PATH, from)
        break
      case 'move':
      case 'paste': {
        const next = turns[act.before]
        const target = next?.from ?? turns.at(-1)?.end ?? 0
        Automerge.splice(doc, PATH, from, end - from)
        insertTurn(doc, target > from ? target - (end - from) : target, turn)
        // Text without a marker would run on from what is put before it.
        if (next && next.start === next.from) Automerge.splitBlock(doc, PATH, 1 + turn.text.length, blockOf(null))
        break
      }
      case 'remove':
        Automerge.splice(doc, PATH, from, end - from)
        break
      case 'speak':
        if (start === from) Automerge.splitBlock(doc, PATH, from, blockOf(speakerAfter(speaker)))
        else Automerge.updateBlock(doc, PATH, from, blockOf(speakerAfter(speaker)))
        break
    }
  }
  return {
    act: (given) => {
      const turns = placedTurns(held.doc)
      held.doc = Automerge.change(held.doc, (doc) => perform(doc, given, turns))
    },
    read: () => placedTurns(held.doc).map(({ speaker, text }) => ({ speaker, text })),
    setAside: () => [],
    close: () => Automerge.free(held.doc),
  }
}
