import { parentPort, workerData } from 'node:worker_threads'
import { collectWhenTold } from '../memory-at-rest.ts'
import { type PackedWrites, type PackedWritten, packWritten, unpackWrites } from './packed-writes.ts'
import { encodeRows, type RowBytes } from './row-bytes.ts'
import { openSqliteRows, type SqliteRows } from './sqlite-rows.ts'
import type { Damage, Stored } from './update-log.ts'

/** The log's own thread: fsync stalls this loop and no other. */
export type Callable = Omit<SqliteRows, 'fold' | 'commit' | 'read'> & {
  readonly commit: (packed: PackedWrites) => PackedWritten
  readonly read: (...args: Parameters<SqliteRows['read']>) => RowBytes
}
export type LogCall = {
  [K in keyof Callable]: { readonly id: number; readonly name: K; readonly args: Parameters<Callable[K]> }
}[keyof Callable]
export type LogAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly code: string; readonly message: string }
  | { readonly id: 'damaged'; readonly room: string; readonly damage: Damage }
  | { readonly id: 'failed'; readonly message: string }

export type LogFiles = { readonly database: string; readonly heads: string }

const files = workerData as LogFiles
const port = parentPort
if (port === null) throw new Error('the log worker must run in a worker thread')
collectWhenTold()
const tell = (answer: LogAnswer, transfer: ArrayBuffer[] = []) => port.postMessage(answer, transfer)

const rows = openSqliteRows(
  files,
  { now: () => Date.now() },
  {
    onDamaged: (room, damage) => tell({ id: 'damaged', room, damage }),
    onFailed: (message) => tell({ id: 'failed', message }),
  },
)

const callable: Callable = {
  ...rows,
  commit: (packed) => packWritten(rows.commit(unpackWrites(packed))),
  read: (...args) => encodeRows(rows.read(...args)),
}

port.on('message', ({ id, name, args }: LogCall) => {
  try {
    const value = (callable[name] as (...args: unknown[]) => unknown)(...args)
    tell({ id, ok: true, value }, name === 'load' ? stateOf(value as Stored) : name === 'read' ? bytesOf(value as RowBytes) : [])
  } catch (error) {
    const {
      name: kind = 'Error',
      code = '',
      message = String(error),
    } = error as { name?: string; code?: string; message?: string }
    tell({ id, ok: false, name: kind, code, message })
  }
  if (name === 'close') port.close()
  else if (name === 'commit' || name === 'storeCheckpoint') fold()
})

/** The state of a checkpoint, by far the largest of what is answered, goes over without a copy. */
const stateOf = ({ checkpoint }: Stored): ArrayBuffer[] => {
  const state = checkpoint?.state
  return state?.buffer instanceof ArrayBuffer && state.byteLength === state.buffer.byteLength ? [state.buffer] : []
}

const bytesOf = ({ facts, updates }: RowBytes): ArrayBuffer[] => [facts.buffer, updates.buffer]

/** After the answer, so that no acknowledgement waits for it. */
const fold = () => {
  try {
    rows.fold()
  } catch {
    // What failed for good has been told of; what did not is tried again after the next commits.
  }
}
