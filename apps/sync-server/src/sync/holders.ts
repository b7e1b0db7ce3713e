import type { Identity } from '../access/access.ts'

/** Whose sockets are open: by person, and by session or token, so that ending a right asks nobody else. */
export type Holders<T> = {
  readonly add: (held: T, identity: Identity) => void
  readonly delete: (held: T, identity: Identity) => void
  readonly ofPerson: (id: string) => Iterable<T>
  readonly ofKey: (key: string) => Iterable<T>
}

export const createHolders = <T>(): Holders<T> => {
  const byPerson = new Map<string, Set<T>>()
  const byKey = new Map<string, Set<T>>()
  const add = (index: Map<string, Set<T>>, name: string, held: T) => {
    const known = index.get(name)
    if (known === undefined) index.set(name, new Set([held]))
    else known.add(held)
  }
  const remove = (index: Map<string, Set<T>>, name: string, held: T) => {
    const known = index.get(name)
    known?.delete(held)
    if (known?.size === 0) index.delete(name)
  }
  return {
    add: (held, { person, key }) => {
      add(byPerson, person.id, held)
      add(byKey, key, held)
    },
    delete: (held, { person, key }) => {
      remove(byPerson, person.id, held)
      remove(byKey, key, held)
    },
    ofPerson: (id) => byPerson.get(id) ?? [],
    ofKey: (key) => byKey.get(key) ?? [],
  }
}
