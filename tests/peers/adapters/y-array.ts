import * as Y from 'yjs'
import { type Act, type Ensemble, nextVoice, type Peer, type Replica, speakerAfter, type Turn } from '../port.ts'
import { exchangeUpdates } from './exchange-updates.ts'

/**
 * One `Y.Map` {speaker, text: `Y.Text`} a turn, in a `Y.Array`. Yjs has no move and no split of a type: a split deletes the
 * tail and inserts it into a new element, a join appends a copy and deletes the element, a move deletes and inserts a clone.
 */
export const yArray: Peer = {
  name: 'Y.Text in a Y.Array',
  packages: ['yjs'],
  open: async (script, clientIds): Promise<Ensemble> => {
    const docs = clientIds.map((clientID) => Object.assign(new Y.Doc(), { clientID }))
    const exchange = (a: number, b: number) => exchangeUpdates(docs[a], docs[b])
    docs[0]?.getArray('turns').push(script.map(turnMap))
    for (const other of docs.keys()) if (other > 0) exchange(0, other)
    return { replicas: docs.map(replicaOf), exchange }
  },
}

const turnMap = ({ speaker, text }: Turn): Y.Map<unknown> =>
  new Y.Map<unknown>([
    ['speaker', speaker],
    ['text', new Y.Text(text)],
  ])

const replicaOf = (doc: Y.Doc): Replica => {
  const turns = doc.getArray<Y.Map<unknown>>('turns')
  const at = (index: number): { map: Y.Map<unknown>; speaker: string | null; text: Y.Text } => {
    const map = turns.get(index)
    return { map, speaker: map.get('speaker') as string | null, text: map.get('text') as Y.Text }
  }
  const read = (): Turn[] => turns.map((_, index) => ({ speaker: at(index).speaker, text: at(index).text.toString() }))
  const act = (act: Act): void => {
    const { map, speaker, text } = at(act.turn)
    switch (act.kind) {
      case 'type':
        text.insert(act.offset, act.text)
        break
      case 'split': {
        const tail = text.toString().slice(act.offset)
        text.delete(act.offset, tail.length)
        turns.insert(act.turn + 1, [
          turnMap({ speaker: act.speaker === 'keep' ? speaker : nextVoice(read(), act.turn), text: tail }),
        ])
        break
      }
      case 'next':
        turns.insert(act.turn + 1, [turnMap({ speaker: nextVoice(read(), act.turn), text: act.text })])
        break
      case 'join': {
        const before = at(act.turn - 1)
        before.text.insert(before.text.length, text.toString())
        turns.delete(act.turn)
        break
      }
      case 'move':
      case 'paste': {
        const clone = map.clone()
        turns.delete(act.turn)
        turns.insert(act.before > act.turn ? act.before - 1 : act.before, [clone])
        break
      }
      case 'remove':
        turns.delete(act.turn)
        break
      case 'speak':
        map.set('speaker', speakerAfter(speaker))
        break
    }
  }
  return {
    act: (given) => doc.transact(() => act(given)),
    read,
    setAside: () => [],
    close: () => doc.destroy(),
  }
}
