import * as Y from 'yjs'
import { any, gc, item, map, stepTwoMessage, text, update, updateMessage, varUint, written } from '../bytes.ts'
import { type Adversary, EVE } from './adversary.ts'

const nested = (client: number, from: number, count: number): number[][] =>
  Array.from({ length: count }, (_, nth) => {
    const clock = from + nth
    return clock === 0 ? map({ root: 'meta', key: 'kind' }) : map({ parent: [client, clock - 1], key: 'k' })
  })

/** Updates that no replica makes, or that no replica should have to take. */
export const structs: readonly Adversary[] = [
  {
    name: 'items that wait for each other',
    did: 'Both stay pending for ever, in each replica and in every newcomer’s; each later update tries them anew.',
    answer: 'badMessage',
    attack: ({ eve }) =>
      eve.send(
        updateMessage(
          update([
            { client: EVE + 1, clock: 0, structs: [text({ after: [EVE, 0] }, 'a')] },
            { client: EVE, clock: 0, structs: [text({ after: [EVE + 1, 0] }, 'b')] },
          ]),
        ),
      ),
  },
  {
    name: 'a struct of a clock yet to come',
    did: 'Held as pending for ever, and handed to every newcomer.',
    answer: 'notSaved',
    attack: ({ eve }) => eve.send(updateMessage(update([{ client: EVE, clock: 50, structs: [gc(1)] }]))),
  },
  {
    name: 'a step 2 that rests on nothing',
    did: 'Held as pending for ever, and handed to every newcomer.',
    answer: 'notSaved',
    attack: ({ eve }) =>
      eve.send(stepTwoMessage(update([{ client: EVE, clock: 0, structs: [text({ after: [EVE + 9, 5] }, 'a')] }]))),
  },
  {
    name: 'a deletion of what is not here',
    did: 'Held as pending, and carried out on whatever comes to stand there.',
    answer: 'notSaved',
    attack: ({ eve, ada }) => eve.send(updateMessage(update([], [{ client: ada.doc.clientID, clock: 0, length: 1_000_000 }]))),
  },
  {
    name: 'deletions that fall',
    did: 'A replica that waits for the letters keeps them in the V2 format, which knows rising ones alone: other letters are deleted.',
    answer: 'badMessage',
    attack: ({ eve }) => {
      const fallen = [2, 0].map((clock) => ({ client: EVE, clock, length: 1 }))
      eve.send(updateMessage(update([{ client: EVE, clock: 0, structs: [text({ root: 'title' }, 'four')] }], fallen)))
    },
  },
  {
    name: 'types in types, two thousand deep in one update',
    did: '64 kB of it keeps observeDeep busy for 26 s in every editor that has the dispatch open.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(updateMessage(update([{ client: EVE, clock: 0, structs: nested(EVE, 0, 1_900) }]))),
  },
  {
    name: 'types in types, one a message',
    did: 'The same, below every limit on a single update.',
    answer: 'badMessage',
    attack: ({ eve }) => {
      for (let clock = 0; clock < 100; clock++)
        eve.send(updateMessage(update([{ client: EVE, clock, structs: nested(EVE, clock, 1) }])))
    },
  },
  {
    name: 'one key set by thousands of clients that know nothing of each other',
    did: 'Each set walks over all before it: 800 kB block every replica for 229 s.',
    answer: 'tooLarge',
    attack: ({ eve }) => {
      const bytes = [...varUint(60_000)]
      for (let client = 60_000; client > 0; client--)
        bytes.push(1, ...varUint(client), 0, 0x28, 1, 4, 109, 101, 116, 97, 1, 107, 1, 126)
      eve.send(updateMessage(Uint8Array.from([...bytes, 0])))
    },
  },
  {
    name: 'a count of two thousand million structs, in twelve bytes',
    did: 'Yjs makes an array of the length that is claimed, and throws in the middle of applying.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(updateMessage(Uint8Array.from([1, ...varUint(2 ** 31), 7, 0, 0, 1, 0]))),
  },
  {
    name: 'a clock past 2^31',
    did: 'Clocks are added as numbers: past 2^53 they stand still, and all that follows counts as known.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(updateMessage(update([{ client: EVE, clock: 0, structs: [gc(2 ** 31 + 1)] }]))),
  },
  {
    name: 'a struct without length',
    did: 'Passed over, and stored and handed out for ever.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(updateMessage(update([{ client: EVE, clock: 0, structs: [gc(0), gc(1)] }]))),
  },
  {
    name: 'bytes behind the end of an update',
    did: 'Stored and relayed with it, unread, for ever.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(updateMessage(Uint8Array.of(0, 0, 9))),
  },
  {
    name: 'an update in the second format',
    did: 'Read as the first one: nothing, garbage, or an error in the message handler.',
    answer: 'badMessage',
    attack: ({ eve }) => {
      const doc = new Y.Doc()
      doc.getText('body').insert(0, 'the second format')
      eve.send(updateMessage(Y.encodeStateAsUpdateV2(doc)))
    },
  },
  {
    name: 'a root that no dispatch has',
    did: 'Stays in every replica for ever, where nobody sees it and nobody can delete it.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(updateMessage(written(EVE, (doc) => doc.getText('attic').insert(0, 'hoarded '.repeat(1_000))))),
  },
  {
    name: 'the key __proto__ in a value',
    did: 'lib0 sets it like any key, so it becomes the prototype of the value: `kind.admin` is true in every client.',
    answer: 'badMessage',
    attack: ({ eve }) =>
      eve.send(updateMessage(written(EVE, (doc) => doc.getMap('meta').set('kind', JSON.parse('{"__proto__":{"admin":true}}'))))),
  },
  {
    name: 'the key constructor of a map',
    did: 'Found by clients that look fields up in plain objects made from maps.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(updateMessage(written(EVE, (doc) => doc.getMap('meta').set('constructor', 1)))),
  },
  {
    name: 'a value ten thousand lists deep',
    did: 'lib0 reads it by recursion: "Maximum call stack size exceeded" in the middle of applying.',
    answer: 'badMessage',
    attack: ({ eve }) => {
      const deep = [...Array.from({ length: 10_000 }, () => [117, 1]).flat(), 126]
      eve.send(updateMessage(update([{ client: EVE, clock: 0, structs: [any({ root: 'meta', key: 'kind' }, deep)] }])))
    },
  },
  {
    name: 'an embed forty objects deep',
    did: 'Every client walks over it whenever it renders the body.',
    answer: 'badMessage',
    attack: ({ eve }) => {
      const json = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`
      const bytes = [...varUint(json.length), ...Buffer.from(json)]
      eve.send(updateMessage(update([{ client: EVE, clock: 0, structs: [item(5, { root: 'body' }, bytes)] }])))
    },
  },
  {
    name: 'an embed that is no JSON',
    did: 'JSON.parse throws in the middle of applying, and what stands behind it in the update is lost.',
    answer: 'badMessage',
    attack: ({ eve }) =>
      eve.send(updateMessage(update([{ client: EVE, clock: 0, structs: [item(5, { root: 'body' }, [1, 123])] }]))),
  },
  {
    name: 'text that is not UTF-8',
    did: 'The decoder throws in the middle of applying, and what stands behind it in the update is lost.',
    answer: 'badMessage',
    attack: ({ eve }) =>
      eve.send(updateMessage(update([{ client: EVE, clock: 0, structs: [item(4, { root: 'body' }, [2, 0xc0, 0x80])] }]))),
  },
  {
    name: 'a dispatch within the dispatch',
    did: 'Each replica makes a Y.Doc for it, which lives until somebody destroys it.',
    answer: 'badMessage',
    attack: ({ eve }) =>
      eve.send(updateMessage(written(EVE, (doc) => doc.getMap('meta').set('kind', new Y.Doc({ guid: 'inner' }))))),
  },
]
