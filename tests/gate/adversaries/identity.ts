import * as Y from 'yjs'
import { gc, presenceMessage, stepOneMessage, stepTwoMessage, text, update, updateMessage, written } from '../bytes.ts'
import type { Page } from '../page.ts'
import { type Adversary, EVE } from './adversary.ts'

const clockOf = ({ doc }: Page): number => Y.getState(doc.store, doc.clientID)

/** Words in the name of others. */
export const identity: readonly Adversary[] = [
  {
    name: 'an empty struct on a colleague’s next clocks',
    did: '15 bytes erase what she types next: her letters count as known everywhere, and nobody hears of it.',
    answer: 'idInUse',
    attack: ({ eve, ada }) =>
      eve.send(updateMessage(update([{ client: ada.doc.clientID, clock: clockOf(ada), structs: [gc(1_000)] }]))),
  },
  {
    name: 'words on a colleague’s next clocks, in a step 2',
    did: 'The same, with words: hers and these stand at the same clocks in different replicas, for ever, with equal state vectors.',
    answer: 'idInUse',
    attack: ({ eve, ada }) =>
      eve.send(
        stepTwoMessage(
          update([{ client: ada.doc.clientID, clock: clockOf(ada), structs: [text({ root: 'summary' }, 'I resign. ')] }]),
        ),
      ),
  },
  {
    name: 'two pages that write under one client id',
    did: 'Whoever comes second is passed over, though acknowledged: the replicas stay apart for ever, with equal state vectors.',
    answer: 'idInUse',
    attack: async ({ eve }) => {
      const [one, other] = [new Y.Doc(), new Y.Doc()]
      one.clientID = other.clientID = EVE
      one.getText('summary').insert(0, 'said once')
      other.getText('summary').insert(0, 'and otherwise')
      eve.send(presenceMessage([{ client: EVE, clock: 1, state: '{}' }]))
      eve.send(updateMessage(Y.encodeStateAsUpdate(one)))
      eve.send(updateMessage(Y.encodeStateAsUpdate(other)))
    },
  },
  {
    name: 'presence in a colleague’s name',
    did: 'Her caret and her name are where the sender says, for all, as long as the clock is higher than hers.',
    answer: 'passed over',
    attack: ({ eve, ada }) =>
      eve.send(presenceMessage([{ client: ada.doc.clientID, clock: 1_000, state: '{"person":{"name":"nobody"}}' }])),
  },
  {
    name: 'a colleague’s goodbye',
    did: 'She disappears for all the others until her next heartbeat.',
    answer: 'passed over',
    attack: ({ eve, ada }) => eve.send(presenceMessage([{ client: ada.doc.clientID, clock: 1_000, state: 'null' }])),
  },
  {
    name: 'presence of a hundred who are not there',
    did: 'A crowd of ghosts in everyone’s margin, each renewed with one message every thirty seconds.',
    answer: 'passed over',
    attack: ({ eve }) =>
      eve.send(
        presenceMessage(Array.from({ length: 100 }, (_, nth) => ({ client: EVE + nth, clock: 1, state: `{"field":"${nth}"}` }))),
      ),
  },
  {
    name: 'presence of more than 2 kB',
    did: 'Sent to everyone, and to everyone who comes, as large as it is.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(presenceMessage([{ client: EVE, clock: 1, state: `{"a":"${'x'.repeat(2_100)}"}` }])),
  },
  {
    name: 'presence that is no JSON',
    did: 'Every client that hears of it throws in its message handler.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(presenceMessage([{ client: EVE, clock: 1, state: 'x' }])),
  },
  {
    name: 'presence a thousand lists deep',
    did: 'Whoever walks over it by recursion runs out of stack.',
    answer: 'badMessage',
    attack: ({ eve }) =>
      eve.send(presenceMessage([{ client: EVE, clock: 1, state: `{"a":${'['.repeat(900)}${']'.repeat(900)}}` }])),
  },
  {
    name: 'a presence clock past 2^31',
    did: 'Nothing that is said under that id later is ever newer.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(presenceMessage([{ client: EVE, clock: 2 ** 52, state: '{}' }])),
  },
  {
    name: 'a viewer’s change, as an update',
    did: 'Servers that only guard one of the two messages with content let the other pass.',
    answer: 'readOnly',
    role: 'viewer',
    attack: ({ eve }) => eve.send(updateMessage(written(EVE, (doc) => doc.getText('summary').insert(0, 'mine')))),
  },
  {
    name: 'a viewer’s change, as a step 2',
    did: 'Servers that only guard one of the two messages with content let the other pass.',
    answer: 'readOnly',
    role: 'viewer',
    attack: ({ eve }) => {
      eve.send(stepOneMessage(new Y.Doc()))
      eve.send(stepTwoMessage(written(EVE, (doc) => doc.getText('summary').insert(0, 'mine'))))
    },
  },
]
