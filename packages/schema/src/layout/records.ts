import * as Y from 'yjs'
import { newLocalId } from '../ids.ts'
import { compareRanks, type Rank, rankBetween, readRank } from './rank.ts'

/**
 * Records (sources, speakers): each a `Y.Map` born whole under a fresh id in a root `Y.Map`, ordered by rank.
 * Prose fields are `Y.Text`, all else plain values; a type is never replaced by another at one key.
 */
export type StoredRecord = { readonly id: string; readonly fields: Y.Map<unknown> }

export const createRecords = (map: Y.Map<Y.Map<unknown>>, proseFields: readonly string[]) => {
  const rankOf = (record: StoredRecord | undefined): Rank | null => (record ? readRank(record.fields.get('rank')) : null)

  const list = (): StoredRecord[] =>
    [...map.entries()]
      .filter(([, fields]) => fields instanceof Y.Map)
      .map(([id, fields]) => ({ id, fields }))
      .sort((a, b) => compareRanks(rankOf(a) ?? '', rankOf(b) ?? '') || (a.id < b.id ? -1 : 1))

  /** A rank for a place before a record (null: the end). Equal neighbours leave no room: the new one goes behind them. */
  const rankFor = (before: string | null, moving: string | null): Rank => {
    const others = list().filter(({ id }) => id !== moving)
    const at = before === null ? others.length : others.findIndex(({ id }) => id === before)
    const next = others[at]
    const previousRank = rankOf(others[(at < 0 ? others.length : at) - 1])
    const nextRank = rankOf(
      others.slice(Math.max(at, 0)).find((other) => previousRank === null || (rankOf(other) ?? '') > previousRank),
    )
    return rankBetween(previousRank, next === undefined ? null : nextRank)
  }

  return {
    map,
    list,

    /** A prose field of a record, for a text binding; null when there is no such record. */
    text: (id: string, field: string): Y.Text | null => {
      const value = map.get(id)?.get(field)
      return value instanceof Y.Text ? value : null
    },

    add: (values: Record<string, unknown>, origin: unknown, options: { id?: string; before?: string | null } = {}): string => {
      const id = options.id ?? newLocalId()
      const fields = new Y.Map<unknown>()
      for (const field of proseFields) fields.set(field, new Y.Text(typeof values[field] === 'string' ? values[field] : ''))
      for (const [key, value] of Object.entries(values)) if (!proseFields.includes(key) && value !== null) fields.set(key, value)
      const write = () => {
        fields.set('rank', rankFor(options.before ?? null, null))
        map.set(id, fields)
      }
      map.doc?.transact(write, origin)
      return id
    },

    /** Sets plain fields; null takes one away. */
    set: (id: string, values: Record<string, unknown>, origin: unknown): void => {
      const fields = map.get(id)
      if (!(fields instanceof Y.Map)) return
      map.doc?.transact(() => {
        for (const [key, value] of Object.entries(values)) {
          if (proseFields.includes(key)) throw new Error(`"${key}" is prose: edit its Y.Text`)
          if (value === null) fields.delete(key)
          else fields.set(key, value)
        }
      }, origin)
    },

    move: (id: string, before: string | null, origin: unknown): void => {
      const fields = map.get(id)
      if (fields instanceof Y.Map && before !== id) map.doc?.transact(() => fields.set('rank', rankFor(before, id)), origin)
    },

    remove: (id: string, origin: unknown): void => {
      map.doc?.transact(() => map.delete(id), origin)
    },
  }
}
