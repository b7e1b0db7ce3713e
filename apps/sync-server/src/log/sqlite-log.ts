import { Worker } from 'node:worker_threads'
import type { LogAnswer, LogCall } from './sqlite-log-worker.ts'
import type { SqliteRows, Write, Written } from './sqlite-rows.ts'
import { DamagedLog, type LogFault, type UpdateLog } from './update-log.ts'

type Waiting = { readonly write: Write; readonly settle: (outcome: { ok: true; written: Written } | LogFault) => void }
type WorkerFailure = Error & { code?: string }

const PROBE_LASTS = 1_000

/** SQLite in a thread of its own. What arrives while a commit is in flight joins the next one. */
export const openSqliteLog = async (file: string): Promise<UpdateLog> => {
  const call = await startWorker(file)
  let waiting: Waiting[] = []
  let committing: Promise<void> | null = null
  let closed = false
  let probe: { at: number; result: Promise<boolean> } | null = null

  const commitAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const written = await call('commit', [batch.map(({ write }) => write)])
        for (const [index, { settle }] of batch.entries()) settle({ ok: true, written: written[index] as Written })
      } catch (error) {
        for (const { settle } of batch) settle(faultOf(error as WorkerFailure))
      }
    }
    committing = null
  }
  const write = (asked: Write): Promise<{ ok: true; written: Written } | LogFault> => {
    if (closed) return Promise.resolve({ ok: false, fault: 'closed', message: 'the log is closed' })
    return new Promise((settle) => {
      waiting.push({ write: asked, settle })
      committing ??= commitAll()
    })
  }

  return {
    append: async (room, entries) => {
      const outcome = await write({ room, entries, first: false })
      return outcome.ok ? { ok: true, seq: outcome.written.seq, at: outcome.written.at } : outcome
    },
    create: async (room, entry) => {
      const outcome = await write({ room, entries: [entry], first: true })
      return outcome.ok ? { ok: true, created: outcome.written.wrote } : outcome
    },
    read: (room, after) => call('read', [room, after]),
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
    close: async () => {
      if (closed) return
      closed = true
      await committing
      await call('close', [])
    },
  }
}

const startWorker = async (file: string) => {
  const worker = new Worker(new URL('./sqlite-log-worker.ts', import.meta.url), { workerData: { file } })
  const calls = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let nextId = 1
  let ended: Error | null = null

  const endAll = (error: Error) => {
    ended ??= error
    for (const { reject } of calls.values()) reject(ended)
    calls.clear()
  }
  worker.on('error', endAll)
  worker.on('exit', () => endAll(new Error('the log thread has ended')))
  worker.on('message', (answer: LogAnswer) => {
    const waiting = calls.get(answer.id)
    calls.delete(answer.id)
    if (answer.ok) waiting?.resolve(answer.value as never)
    else if (answer.name === 'DamagedLog') waiting?.reject(new DamagedLog(answer.message))
    else waiting?.reject(Object.assign(new Error(answer.message), { code: answer.code }))
  })

  const call = <K extends keyof SqliteRows>(name: K, args: Parameters<SqliteRows[K]>): Promise<ReturnType<SqliteRows[K]>> =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(ended)
      const id = nextId++
      calls.set(id, { resolve, reject })
      worker.postMessage({ id, name, args } as LogCall)
    })
  // The first answer proves that the file could be opened.
  await call('heads', [])
  return call
}

const faultOf = ({ code = '', message }: WorkerFailure): LogFault => ({
  ok: false,
  fault: code.startsWith('SQLITE_FULL') ? 'full' : 'broken',
  message: code === '' ? message : `${code}: ${message}`,
})
