import { Worker } from 'node:worker_threads'
import { type Clock, systemClock } from '../clock.ts'
import { packWrites, unpackWritten } from './packed-writes.ts'
import { decodeRows } from './row-bytes.ts'
import type { Callable, LogAnswer, LogCall, LogFiles } from './sqlite-log-worker.ts'
import type { Write, Written } from './sqlite-rows.ts'
import { type Damage, DamagedLog, type LogFault, type UpdateLog } from './update-log.ts'

type Outcome = (Written & { ok: true }) | LogFault
type Waiting = { readonly write: Write; readonly settle: (outcome: Outcome) => void }
type OnDamaged = (room: string, damage: Damage) => void
type WorkerFailure = Error & { code?: string }

const PROBE_LASTS = 1_000
/**
 * Milliseconds from the beginning of one commit to the next. A commit costs the same however much it holds (messages between
 * threads, a transaction, an fsync), so under load fewer and fuller ones are cheaper: the more dispatches one held, the longer the
 * next one waits. Who writes alone does not wait.
 */
const PACE = { least: 2, aDispatch: 0.5, most: 8 }

/** SQLite in a thread of its own. What arrives while a commit is in flight, or too soon after it, joins the next one. */
export const openSqliteLog = async (
  files: LogFiles,
  { onDamaged = () => {}, clock = systemClock }: { onDamaged?: OnDamaged; clock?: Pick<Clock, 'after'> } = {},
): Promise<UpdateLog> => {
  const { call, failed } = await startWorker(files, onDamaged)
  let waiting: Waiting[] = []
  let committing: Promise<void> | null = null
  let closed = false
  let endPause = () => {}
  let probe: { at: number; result: Promise<boolean> } | null = null

  const pause = (dispatches: number): Promise<void> =>
    new Promise((resolve) => {
      if (closed) return resolve()
      const cancel = clock.after(Math.min(PACE.least + PACE.aDispatch * (dispatches - 1), PACE.most), resolve)
      endPause = () => {
        cancel()
        resolve()
      }
    })
  const commitAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const paused = pause(batch.length)
      try {
        const packed = packWrites(batch.map(({ write }) => write))
        const written = unpackWritten(await call('commit', [packed], [packed.bytes.buffer]))
        for (const [index, { settle }] of batch.entries()) settle(outcomeOf(written[index] as Written))
      } catch (error) {
        for (const { settle } of batch) settle(faultOf(error as WorkerFailure))
      }
      await paused
    }
    committing = null
  }
  const write = (asked: Write): Promise<Outcome> => {
    if (closed) return Promise.resolve({ ok: false, fault: 'closed', message: 'the log is closed' })
    return new Promise((settle) => {
      waiting.push({ write: asked, settle })
      committing ??= commitAll()
    })
  }

  return {
    append: async (room, entries) => {
      const outcome = await write({ room, entries, first: false })
      return outcome.ok ? { ok: true, seq: outcome.seq, at: outcome.at } : outcome
    },
    create: async (room, entry, lineage) => {
      const outcome = await write({ room, entries: [entry], first: true, lineage })
      return outcome.ok ? { ok: true, created: outcome.wrote } : outcome
    },
    read: async (room, after, upTo) => decodeRows(await call('read', [room, after, upTo])),
    load: (room) => call('load', [room]),
    head: (room) => call('head', [room]),
    heads: () => call('heads', []),
    checkpoint: (room) => call('checkpoint', [room]),
    storeCheckpoint: (room, checkpoint) => call('storeCheckpoint', [room, checkpoint]),
    canAppend: () => {
      // Anyone may ask for our health, so one real write answers all who ask within a second.
      if (probe === null || Date.now() - probe.at > PROBE_LASTS)
        probe = {
          at: Date.now(),
          result: closed
            ? Promise.resolve(false)
            : call('probe', []).then(
                () => true,
                () => false,
              ),
        }
      return probe.result
    },
    failed,
    close: async () => {
      if (closed) return
      closed = true
      endPause()
      await committing
      await call('close', [])
    },
  }
}

const startWorker = async (files: LogFiles, onDamaged: OnDamaged) => {
  const worker = new Worker(new URL('./sqlite-log-worker.ts', import.meta.url), { workerData: files })
  const calls = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let nextId = 1
  let ended: Error | null = null
  let closing = false
  let fail: (message: string) => void = () => {}
  const failed = new Promise<string>((resolve) => {
    fail = resolve
  })

  const endAll = (error: Error) => {
    ended ??= error
    if (!closing) fail(error.message)
    for (const { reject } of calls.values()) reject(ended)
    calls.clear()
  }
  worker.on('error', endAll)
  worker.on('exit', () => endAll(new Error('the log thread has ended')))
  worker.on('message', (answer: LogAnswer) => {
    if (answer.id === 'damaged') return onDamaged(answer.room, answer.damage)
    if (answer.id === 'failed') return fail(answer.message)
    const waiting = calls.get(answer.id)
    calls.delete(answer.id)
    if (answer.ok) waiting?.resolve(answer.value as never)
    else if (answer.name === 'DamagedLog') waiting?.reject(new DamagedLog(answer.message))
    else waiting?.reject(Object.assign(new Error(answer.message), { code: answer.code }))
  })

  const call = <K extends LogCall['name']>(
    name: K,
    args: Parameters<Callable[K]>,
    transfer: ArrayBuffer[] = [],
  ): Promise<ReturnType<Callable[K]>> =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(ended)
      closing ||= name === 'close'
      const id = nextId++
      calls.set(id, { resolve, reject })
      worker.postMessage({ id, name, args } as LogCall, transfer)
    })
  // The first answer proves that the file could be opened.
  await call('heads', [])
  return { call, failed }
}

const outcomeOf = (written: Written): Outcome =>
  written.ok ? written : { ok: false, fault: 'damaged', message: written.damage.message }

const faultOf = ({ code = '', message }: WorkerFailure): LogFault => ({
  ok: false,
  fault: NO_SPACE.has(code) ? 'full' : 'broken',
  message: code === '' ? message : `${code}: ${message}`,
})

const NO_SPACE = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT'])
