import { parentPort, workerData } from 'node:worker_threads'
import { openSqliteRows, type SqliteRows } from './sqlite-rows.ts'

/** The log's own thread: fsync stalls this loop and no other. */
export type LogCall = {
  [K in keyof SqliteRows]: { readonly id: number; readonly name: K; readonly args: Parameters<SqliteRows[K]> }
}[keyof SqliteRows]
export type LogAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly code: string; readonly message: string }

const { file } = workerData as { file: string }
const port = parentPort
if (port === null) throw new Error('the log worker must run in a worker thread')

const rows = openSqliteRows(file, { now: () => Date.now() })

port.on('message', ({ id, name, args }: LogCall) => {
  try {
    const value = (rows[name] as (...args: unknown[]) => unknown)(...args)
    port.postMessage({ id, ok: true, value } satisfies LogAnswer)
  } catch (error) {
    const {
      name: kind = 'Error',
      code = '',
      message = String(error),
    } = error as { name?: string; code?: string; message?: string }
    port.postMessage({ id, ok: false, name: kind, code, message } satisfies LogAnswer)
  }
  if (name === 'close') port.close()
})
