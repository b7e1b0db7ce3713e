/**
 * Loaded before a server whose memory is measured (`node --expose-gc --import`), into each of its threads: on SIGUSR2 all that nobody
 * holds any more is let go of, so that what stays is what is kept and not what has not been collected yet.
 */
import { isMainThread } from 'node:worker_threads'

const channel = new BroadcastChannel('stet: collect garbage')
channel.unref()
const collect = () => globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })

if (isMainThread)
  process.on('SIGUSR2', () => {
    channel.postMessage(null)
    collect()
  })
else channel.onmessage = collect
