import { LoroDoc, LoroMap, type LoroMovableList, LoroText } from 'loro-crdt'
import { type Act, type Ensemble, nextVoice, type Peer, type Replica, speakerAfter, type Turn } from '../port.ts'

/**
 * Loro: a movable list of maps {speaker, text: `LoroText`}, what its documentation gives for ordered things with text.
 * A move is the list's own; split and join copy text between containers, since a container cannot be divided; a paste is a
 * new element, since the clipboard holds text.
 */
export const loro: Peer = {
  name: 'Loro',
  packages: ['loro-crdt'],
  open: async (script, clientIds): Promise<Ensemble> => {
    const docs = clientIds.map((clientId) => {
      const doc = new LoroDoc()
      doc.setPeerId(BigInt(clientId))
      return doc
    })
    const exchange = (a: number, b: number) => {
      const [one, other] = [docs[a], docs[b]]
      if (!one || !other) throw new Error('there is no such replica')
      const [fromOne, fromOther] = [
        one.export({ mode: 'update', from: other.oplogVersion() }),
        other.export({ mode: 'update', from: one.oplogVersion() }),
      ]
      one.import(fromOther)
      other.import(fromOne)
    }
    const [first] = docs
    if (first) for (const [index, turn] of script.entries()) insertTurn(listOf(first), index, turn)
    first?.commit()
    for (const other of docs.keys()) if (other > 0) exchange(0, other)
    return { replicas: docs.map(replicaOf), exchange }
  },
}

type TurnMap = LoroMap<Record<string, unknown>>

const listOf = (doc: LoroDoc): LoroMovableList<TurnMap> => doc.getMovableList('turns') as unknown as LoroMovableList<TurnMap>

const insertTurn = (list: LoroMovableList<TurnMap>, index: number, { speaker, text }: Turn): void => {
  const map = list.insertContainer(index, new LoroMap<Record<string, unknown>>())
  map.set('speaker', speaker)
  map.setContainer('text', new LoroText()).insert(0, text)
}

const replicaOf = (doc: LoroDoc): Replica => {
  const list = listOf(doc)
  const at = (index: number): { map: TurnMap; speaker: string | null; text: LoroText } => {
    const map = list.get(index)
    if (!map) throw new Error(`there is no turn ${index}`)
    return { map, speaker: map.get('speaker') as string | null, text: map.get('text') as LoroText }
  }
  const read = (): Turn[] =>
    Array.from({ length: list.length }, (_, index) => ({ speaker: at(index).speaker, text: at(index).text.toString() }))
  const act = (act: Act): void => {
    const { map, speaker, text } = at(act.turn)
    switch (act.kind) {
      case 'type':
        text.insert(act.offset, act.text)
        break
      case 'split': {
        const tail = text.toString().slice(act.offset)
        text.delete(act.offset, tail.length)
        insertTurn(list, act.turn + 1, { speaker: act.speaker === 'keep' ? speaker : nextVoice(read(), act.turn), text: tail })
        break
      }
      case 'next':
        insertTurn(list, act.turn + 1, { speaker: nextVoice(read(), act.turn), text: act.text })
        break
      case 'join': {
        const before = at(act.turn - 1)
        before.text.insert(before.text.length, text.toString())
        list.delete(act.turn, 1)
        break
      }
      case 'move':
        list.move(act.turn, act.before > act.turn ? act.before - 1 : act.before)
        break
      case 'paste': {
        const copy = { speaker, text: text.toString() }
        list.delete(act.turn, 1)
        insertTurn(list, act.before > act.turn ? act.before - 1 : act.before, copy)
        break
      }
      case 'remove':
        list.delete(act.turn, 1)
        break
      case 'speak':
        map.set('speaker', speakerAfter(speaker))
        break
    }
  }
  return {
    act: (given) => {
      act(given)
      doc.commit()
    },
    read,
    setAside: () => [],
    close: () => doc.free(),
  }
}
