import { Session } from 'node:inspector'
import { BroadcastChannel } from 'node:worker_threads'
import type { Clock } from './clock.ts'

/** Longer than an empty room is kept. */
const REST = 60_000
const CHANNEL = 'stet: at rest'

/**
 * V8 collects garbage when it is asked for memory, so a server that nobody uses any more would keep what its last busy hour left. When all
 * have been gone for a minute, it is collected in each thread, and the machine has the memory back.
 */
export const createMemoryAtRest = (
  clock: Pick<Clock, 'after'>,
  isEmpty: () => boolean,
  collect: () => void = collectEverywhere,
): { readonly allLeft: () => void } => {
  let cancel = () => {}
  return {
    allLeft: () => {
      cancel()
      cancel = clock.after(REST, () => {
        if (isEmpty()) collect()
      })
    },
  }
}

/** For a thread beside the main one: it collects when the main one does. */
export const collectWhenTold = (): void => {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = collectHere
  channel.unref()
}

const collectEverywhere = () => {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
  collectHere()
}

/** The documented way from inside: `gc` is not there without a flag. */
const collectHere = () => {
  const session = new Session()
  session.connect()
  // Disconnecting within its answer waits for that very answer.
  session.post('HeapProfiler.collectGarbage', () => setImmediate(() => session.disconnect()))
}
