import type { Person } from '@stet/schema/contract/people'
import type { Site } from '@stet/schema/revision'
import type { Show } from '@stet/schema/show'
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'

interface DeviceSchema extends DBSchema {
  /** Under `here` who sits here now; under each person’s id, who has sat here and may come back. */
  sitting: { key: string; value: Sitting }
}

/** Who sits at this device, and under which name their database stands. */
export type Sitting = {
  readonly person: Person
  readonly site: Site
  /** Absent in what an older desk has kept. */
  readonly show?: Show
  readonly database: string
}

/**
 * What this browser knows before it opens anybody's copies. Each person's stand in a database of their own, and only that of who
 * sits here is opened.
 */
export type Device = {
  readonly sitting: Sitting | null
  readonly keep: (known: Required<Omit<Sitting, 'database'>>) => Promise<void>
  /** Nobody sits here any more. What they had is deleted, and other tabs are told to let go of it. */
  readonly forget: () => Promise<void>
}

/** Where one person's copies stood, before each had a database of their own. */
const FIRST_DATABASE = 'stet'
const KEY = 'here'
const CHANNEL = 'stet device'

export const databaseOf = (person: string): string => `stet-${person}`

export const openDevice = async (onForgotten: () => void): Promise<Device> => {
  const db = await openDB<DeviceSchema>('stet device', 1, { upgrade: (fresh) => void fresh.createObjectStore('sitting') }).catch(
    () => null,
  )
  let sitting = (await db?.get('sitting', KEY).catch(() => undefined)) ?? (await firstSitting())
  const channel = globalThis.BroadcastChannel === undefined ? null : new BroadcastChannel(CHANNEL)
  if (channel !== null) channel.onmessage = onForgotten
  return {
    get sitting() {
      return sitting
    },
    keep: async (known) => {
      const { person } = known
      const before = sitting?.person.id === person.id ? sitting : await db?.get('sitting', person.id).catch(() => undefined)
      sitting = { ...known, database: before?.database ?? databaseOf(person.id) }
      for (const key of [KEY, person.id]) await db?.put('sitting', sitting, key).catch(() => undefined)
    },
    forget: async () => {
      const left = sitting
      sitting = null
      for (const key of left === null ? [] : [KEY, left.person.id]) await db?.delete('sitting', key).catch(() => undefined)
      channel?.postMessage('forgotten')
      localStorage.clear()
      sessionStorage.clear()
      if (left !== null) await deleteDB(left.database)
    },
  }
}

/** Of a browser that was used before: its copies stay where they are, for the person they are of. */
const firstSitting = async (): Promise<Sitting | null> => {
  const known = (await indexedDB.databases?.().catch(() => [])) ?? []
  if (!known.some(({ name }) => name === FIRST_DATABASE)) return null
  const db: IDBPDatabase | null = await openDB(FIRST_DATABASE).catch(() => null)
  if (db === null) return null
  const kept = db.objectStoreNames.contains('session') ? await db.get('session', 'session').catch(() => undefined) : undefined
  db.close()
  return kept === undefined ? null : { person: kept.person, site: kept.site, database: FIRST_DATABASE }
}
