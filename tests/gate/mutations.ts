import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { MessageType } from '@stet/schema/contract/sync'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { emptyContent } from '@stet/schema/snapshot'
import * as Y from 'yjs'
import { createRandom, type Random } from '../../apps/sync-server/src/sync/honest-replica.ts'
import {
  presenceFrame,
  presencePayload,
  savedMessage,
  stepOneFrame,
  stepOneMessage,
  stepTwoMessage,
  updateIn,
  updateMessage,
} from './bytes.ts'
import type { GateServer } from './gate-server.ts'
import type { PairInput, PairReport } from './healthy-pair-worker.ts'
import { actHonestly } from './honest-acts.ts'
import { createMadeOf } from './made-of.ts'
import type { Closing, Page } from './page.ts'
import { wholeOf } from './whole.ts'
import { openWire } from './wire.ts'

export type MutationOutcome = {
  readonly tried: number
  /** Closed, by code. */
  readonly closed: Readonly<Record<string, number>>
  /** Asked for what they rest on, which mutations never have. */
  readonly asked: number
  /** Sound all the same: other letters, another caret, or nothing. */
  readonly passed: number
  readonly faults: readonly string[]
  /** Milliseconds from a letter of the healthy pair to the other's replica, before and during the attack. */
  readonly quiet: readonly number[]
  readonly latencies: readonly number[]
}

/** Bytes of an honest message, changed in up to four places. */
const mutated = (message: Uint8Array, other: Uint8Array, random: Random): Uint8Array => {
  let bytes = [...message]
  const at = () => random.below(bytes.length + 1)
  const ways = [
    () => bytes.splice(at(), 1, random.below(256)),
    () => bytes.splice(at(), 1, (bytes[at()] ?? 0) ^ (1 << random.below(8))),
    () => bytes.splice(at(), 0, ...Array.from({ length: 1 + random.below(4) }, () => random.below(256))),
    () => bytes.splice(at(), 1 + random.below(6)),
    () => bytes.splice(at(), 0, ...bytes.slice(at(), at())),
    () => bytes.splice(at(), 1, random.pick([0, 1, 127, 128, 255])),
    () => {
      bytes = bytes.slice(0, at())
    },
    () => {
      bytes = [...bytes.slice(0, at()), ...other.slice(random.below(other.length))]
    },
  ]
  for (let change = random.below(1 + random.below(4)); change >= 0; change--) random.pick(ways)()
  return Uint8Array.from(bytes)
}

type Honest = { readonly frame: (payload: Uint8Array) => Uint8Array; readonly payload: Uint8Array }

/** Mostly the payload alone is changed, and the length before it is right, since most changes to a frame are noticed at once. */
const mutatedMessage = (start: Uint8Array, random: Random): Uint8Array => {
  const [one, other] = [honestMessage(start, random), honestMessage(start, random)]
  return random.below(4) === 0
    ? mutated(one.frame(one.payload), other.frame(other.payload), random)
    : one.frame(mutated(one.payload, other.payload, random))
}

/** What Eve would send if she were honest: an act of hers on the dispatch as it was at first. */
const honestMessage = (start: Uint8Array, random: Random): Honest => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, start)
  const own = {}
  const dispatch = openDispatch(doc)
  const undo = new Y.UndoManager([dispatch.body.text, dispatch.text('title'), dispatch.meta], { trackedOrigins: new Set([own]) })
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const awareness = { setLocalStateField: () => {} }
  for (let nth = 0; nth < 20 && updates.length === 0; nth++)
    actHonestly({ doc, dispatch, undo, own, awareness } as unknown as Page, random)
  const kind = random.below(10)
  if (kind === 0) {
    const state = JSON.stringify({ field: 'title', at: random.below(99) })
    return { frame: presenceFrame, payload: presencePayload([{ client: doc.clientID, clock: 1, state }]) }
  }
  if (kind === 1) return { frame: stepOneFrame, payload: Y.encodeStateVector(doc) }
  if (kind < 4) return { frame: stepTwoMessage, payload: Y.encodeStateAsUpdate(doc) }
  // Of a pasted page nearly all mutations differ in letters alone.
  return { frame: updateMessage, payload: updates.find(({ length }) => length < 20_000) ?? Uint8Array.of(0, 0) }
}

const CONTENT = {
  ...emptyContent('dispatch'),
  title: 'Tide tables',
  speakers: [
    { id: 's1', name: 'Ada', color: 1 },
    { id: 's2', name: 'Bo', color: 2 },
  ],
  body: Array.from({ length: 12 }, (_, nth) => ({
    kind: 'turn',
    id: `t${nth}`,
    speaker: nth % 2 === 0 ? 's1' : 's2',
    start: null,
    content: [{ type: 'text', text: 'So the tide turned, and nobody on the pier had written down when it did.' }],
  })),
}

/**
 * Eve sends mutated messages into one dispatch, each on a socket of its own and several at once, while Ada and Bo write in it.
 * An observer hears all that is relayed, and that is all that is stored.
 */
export const playMutations = async (
  server: GateServer,
  seed: number,
  count: number,
  atOnce: number,
  quietTime = 0,
): Promise<MutationOutcome> => {
  const random = createRandom(seed)
  const dispatch = await server.createDispatch(CONTENT)
  const input: PairInput = {
    socketUrl: server.socketUrl,
    dispatch,
    tokens: [await server.token('Ada'), await server.token('Bo')],
  }
  const pair = new Worker(new URL('./healthy-pair-worker.ts', import.meta.url), { workerData: input })
  const observer = await openWire(server, dispatch, await server.token('an observer', 'viewer'))
  const start = await stateOf(server, dispatch)
  await once(pair, 'message')
  const messages = Array.from({ length: count }, () => mutatedMessage(start, random))
  pair.postMessage('count anew')
  await pass(quietTime)
  pair.postMessage('measure')

  const refused: string[] = []
  const allowed = new Set<string>()
  const faults: string[] = []
  const closed: Record<string, number> = {}
  let [tried, asked, passed] = [0, 0, 0]
  const token = await server.token('Eve')
  const attack = async () => {
    for (let message = messages.pop(); message !== undefined; message = messages.pop()) {
      tried += 1
      const { outcome, closing } = await tryOne(server, dispatch, token, message)
      if (outcome === 'asked') asked += 1
      else if (closing === null) passed += 1
      else {
        closed[closing.code] = (closed[closing.code] ?? 0) + 1
        if (closing.code < 4400) faults.push(`closed with ${closing.code} ${closing.reason}`)
      }
      const content = updateIn(message)
      if (content === null) continue
      if (outcome === 'passed') allowed.add(hex(content))
      else refused.push(hex(content))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, attack))
  pair.postMessage('stop')
  const [report] = (await once(pair, 'message')) as [PairReport]

  const late = wholeOf(docOf(await stateOf(server, dispatch)))
  if (late !== report.whole) faults.push('a newcomer does not get what the pair has')
  const written = new Set(report.written)
  const relayed = observer.frames.flatMap((frame) => updateIn(frame) ?? [])
  const relayedBytes = new Set(relayed.map(hex))
  for (const bytes of refused)
    if (relayedBytes.has(bytes) && !allowed.has(bytes)) faults.push(`refused and yet relayed: ${bytes}`)
  const strangerIn = createMadeOf([...allowed, ...written].map((bytes) => Buffer.from(bytes, 'hex')))
  for (const update of relayed) {
    const stranger = strangerIn(update)
    if (stranger !== null) faults.push(`relayed, and nobody knows whence: ${stranger} in ${hex(update)}`)
  }
  if (observer.closing() !== null) faults.push('the observer was closed')
  observer.close()
  return {
    tried,
    closed,
    asked,
    passed,
    faults: [...faults, ...report.faults].map((fault) => `seed ${seed}: ${fault}`),
    quiet: report.quiet,
    latencies: report.latencies,
  }
}

type Tried = { readonly outcome: 'closed' | 'asked' | 'passed'; readonly closing: Closing | null }

const tryOne = async (server: GateServer, dispatch: string, token: string, message: Uint8Array): Promise<Tried> => {
  const eve = await openWire(server, dispatch, token)
  eve.send(savedMessage)
  eve.send(message)
  eve.send(savedMessage)
  const count = (type: number, step?: number) =>
    eve.frames.filter((frame) => frame[0] === type && (step === undefined || frame[1] === step)).length
  // One state vector is the welcome; one more asks for what is missing.
  await eve.until(() => count(MessageType.saved) > 1 || count(MessageType.sync, 0) > 1)
  const closing = eve.closing()
  eve.close()
  return { outcome: closing !== null ? 'closed' : count(MessageType.sync, 0) > 1 ? 'asked' : 'passed', closing }
}

/** All that a newcomer is handed. */
const stateOf = async (server: GateServer, dispatch: string): Promise<Uint8Array> => {
  const wire = await openWire(server, dispatch, await server.token('a newcomer', 'viewer'))
  wire.send(stepOneMessage(new Y.Doc()))
  await wire.until(() => wire.frames.some((frame) => frame[0] === MessageType.sync && frame[1] === 1))
  const doc = new Y.Doc()
  for (const frame of wire.frames) {
    const update = updateIn(frame)
    if (update !== null) Y.applyUpdate(doc, Uint8Array.from(update))
  }
  wire.close()
  return Y.encodeStateAsUpdate(doc)
}

const docOf = (state: Uint8Array): Y.Doc => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
