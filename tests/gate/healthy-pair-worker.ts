import { setTimeout as pass } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import { openPage } from './page.ts'
import { wholeOf } from './whole.ts'

/**
 * Two who write in one dispatch, in a thread of their own, so that what is measured is the server and not those who attack it.
 * Told `count anew`, they forget what they measured; told `measure`, they keep it and begin anew; told `stop`, they say what they have seen.
 */
export type PairInput = { readonly socketUrl: string; readonly dispatch: string; readonly tokens: readonly [string, string] }
export type PairReport = {
  /** Milliseconds from a letter to the other's replica: before and during the attack. */
  readonly quiet: readonly number[]
  readonly latencies: readonly number[]
  /** Their own updates, in hexadecimal. */
  readonly written: readonly string[]
  readonly whole: string
  readonly faults: readonly string[]
}

const LETTER_EVERY = 40
const PATIENCE = 5_000
const SETTLING = 30_000

const port = parentPort
if (port === null) throw new Error('the healthy pair must run in a worker thread')
const { socketUrl, dispatch, tokens } = workerData as PairInput
const faults: string[] = []
console.error = (...said) => faults.push(`a replica could not take what was relayed: ${said.join(' ')}`)

let isOver = false
const open = (token: string) => {
  const page = openPage({
    socketUrl,
    dispatch,
    token,
    onSent: () => {},
    onClosed: ({ code, reason }) => {
      if (!isOver) faults.push(`one of the healthy pair was closed: ${code} ${reason}`)
    },
  })
  page.provider.connect()
  return page
}
const pair = [open(tokens[0]), open(tokens[1])] as const
const written: string[] = []
for (const { doc } of pair)
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'healthy') written.push(Buffer.from(update).toString('hex'))
  })

const letter = async (nth: number): Promise<number> => {
  const [writer, reader] = nth % 2 === 0 ? pair : ([pair[1], pair[0]] as const)
  const before = Y.getState(reader.doc.store, writer.doc.clientID)
  const heard = new Promise<void>((resolve) => {
    const look = () => {
      if (Y.getState(reader.doc.store, writer.doc.clientID) <= before) return
      reader.doc.off('update', look)
      resolve()
    }
    reader.doc.on('update', look)
  })
  const began = performance.now()
  writer.doc.transact(() => writer.dispatch.text('summary').insert(0, 'a'), 'healthy')
  await Promise.race([heard, pass(PATIENCE)])
  return performance.now() - began
}

let quiet: number[] = []
let latencies: number[] = []
const write = async () => {
  for (let nth = 0; !isOver; nth++) {
    latencies.push(await letter(nth))
    await pass(LETTER_EVERY)
  }
}
while (!pair.every(({ provider }) => provider.synced)) await pass(10)
const writing = write()
port.postMessage('ready')
port.on('message', async (told: 'count anew' | 'measure' | 'stop') => {
  if (told === 'count anew') {
    latencies = []
    return
  }
  if (told === 'measure') {
    quiet = latencies
    latencies = []
    return
  }
  isOver = true
  await writing
  // What is committed is relayed in order: who hears one more letter of the other has heard all that came before it.
  for (const nth of [0, 1]) await letter(nth)
  const until = Date.now() + SETTLING
  while (wholeOf(pair[0].doc) !== wholeOf(pair[1].doc) && Date.now() < until) await pass(50)
  if (wholeOf(pair[0].doc) !== wholeOf(pair[1].doc)) faults.push('the healthy pair does not end equal')
  port.postMessage({ quiet, latencies, written, whole: wholeOf(pair[0].doc), faults } satisfies PairReport)
  for (const page of pair) page.close()
  port.close()
})
