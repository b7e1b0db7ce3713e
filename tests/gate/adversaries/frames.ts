import { varUint } from '../bytes.ts'
import type { Adversary } from './adversary.ts'

/** Messages that are none. */
export const frames: readonly Adversary[] = [
  {
    name: 'a text frame',
    did: 'y-websocket-server 0.1.1 ends: it reads the string as bytes, and nobody catches what lib0 throws.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send('hello'),
  },
  {
    name: 'a message of no known type',
    did: 'Passed over and logged by each client: a log that anyone can fill.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(Uint8Array.of(77)),
  },
  {
    name: 'a sync message of no known step',
    did: 'y-protocols throws "Unknown message type" out of the message handler.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(Uint8Array.of(0, 9, 0)),
  },
  {
    name: 'a message cut in the middle of a length',
    did: 'lib0 throws "Unexpected end of array" out of the message handler.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(Uint8Array.of(0, 2, 200)),
  },
  {
    name: 'bytes behind the end of a message',
    did: 'Nobody looks: whatever is put there travels on with every relay.',
    answer: 'badMessage',
    attack: ({ eve }) => eve.send(Uint8Array.of(0, 2, 2, 0, 0, 1, 2, 3)),
  },
  {
    name: 'a state vector that counts four thousand millions of clients in six bytes',
    did: 'y-protocols reads until lib0 throws, for each message anew.',
    answer: 'badMessage',
    attack: ({ eve }) => {
      const vector = varUint(2 ** 32 - 1)
      eve.send(Uint8Array.from([0, 0, vector.length, ...vector]))
    },
  },
  {
    name: 'a message of more than 2 MiB',
    did: 'Kept whole in memory, for each connection, before anyone may look at it (ws takes 100 MiB by itself).',
    answer: 'tooLarge',
    attack: ({ eve }) => eve.send(new Uint8Array(2 * 1024 * 1024 + 1)),
  },
  {
    name: 'a message in three hundred empty parts',
    did: 'Each part is kept as an object until the last one comes, which it need not.',
    answer: 'badMessage',
    attack: ({ eve }) => {
      for (let part = 0; part < 300; part++) eve.socket.send(new Uint8Array(0), { fin: false, binary: true })
    },
  },
]
