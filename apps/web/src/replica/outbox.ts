import type { ApiClient } from '@stet/schema/contract/client'
import type { DispatchId } from '@stet/schema/ids'
import type { DeskDatabase } from './database.ts'

/** Dispatches made on this device that the server has yet to hear of. They are registered before their socket opens. */
export type Outbox = ReturnType<typeof createOutbox>

type Registration = 'registered' | 'try again' | 'refused'

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

export const createOutbox = (db: DeskDatabase | null, api: ApiClient) => {
  /** Without a database, what was made in this page is still known to it. */
  const waiting = new Set<string>()
  const underWay = new Map<string, Promise<Registration>>()

  const has = async (id: string): Promise<boolean> => waiting.has(id) || (await db?.get('outbox', id)) !== undefined

  const post = async (id: DispatchId): Promise<Registration> => {
    const lineage = (await db?.get('outbox', id))?.lineage
    const answer = await api('createDispatch', { body: lineage === undefined ? { id } : { id, lineage } })
    if (answer.ok) {
      waiting.delete(id)
      await db?.delete('outbox', id)
      return 'registered'
    }
    const refusedForGood = answer.fault === 'refused' && answer.problem.status !== 401 && answer.problem.status < 500
    return refusedForGood ? 'refused' : 'try again'
  }

  const register = async (id: DispatchId): Promise<Registration> => {
    if (!(await has(id))) return 'registered'
    const posting = underWay.get(id) ?? post(id).finally(() => underWay.delete(id))
    underWay.set(id, posting)
    return posting
  }

  return {
    has,
    register,

    /** `lineage`: of a dispatch that the server had and has lost. */
    add: async (id: DispatchId, madeAt: string, lineage?: string): Promise<void> => {
      waiting.add(id)
      await db?.put('outbox', lineage === undefined ? { id, madeAt } : { id, madeAt, lineage })
    },

    ids: async (): Promise<ReadonlySet<string>> => new Set([...waiting, ...((await db?.getAllKeys('outbox')) ?? [])]),

    /** Tries until the server knows the dispatch: at once, whenever the network returns, and with growing patience. */
    untilRegistered: async (id: DispatchId, signal: AbortSignal): Promise<boolean> => {
      for (let patience = FIRST_RETRY_MS; !signal.aborted; patience = Math.min(patience * 2, LAST_RETRY_MS)) {
        const registration = await register(id)
        if (registration !== 'try again') return registration === 'registered' && !signal.aborted
        await onlineOrAfter(patience, signal)
      }
      return false
    },
  }
}

const onlineOrAfter = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      globalThis.removeEventListener?.('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    globalThis.addEventListener?.('online', done)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
