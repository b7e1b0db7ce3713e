import type { Person } from '@stet/schema/contract/people'
import type { Awareness } from 'y-protocols/awareness'
import { createFeed, type Feed } from './feed.ts'

/** Someone with this dispatch open; several tabs of one person are one. */
export type Present = {
  readonly id: string
  readonly name: string
  readonly color: number
  readonly self: boolean
  /** The header field or source field they are in, by name. */
  readonly fields: readonly string[]
}

export type Presence = {
  readonly people: Feed<readonly Present[]>
  readonly enterField: (field: string) => void
  readonly leaveField: (field: string) => void
  readonly destroy: () => void
}

export const createPresence = (awareness: Awareness, person: Person): Presence => {
  const people = createFeed<readonly Present[]>([])
  const own = { id: person.id, name: person.name, color: person.color }

  const refresh = () => {
    const next = peopleOf(awareness, person.id)
    if (JSON.stringify(next) !== JSON.stringify(people.get())) people.set(next)
  }
  awareness.on('change', refresh)
  awareness.setLocalStateField('person', own)
  refresh()

  return {
    people,
    enterField: (field) => awareness.setLocalStateField('field', field),
    leaveField: (field) => {
      if (awareness.getLocalState()?.['field'] === field) awareness.setLocalStateField('field', null)
    },
    destroy: () => awareness.off('change', refresh),
  }
}

/** What others send is not ours to trust: anything that is not a person is nobody. */
const peopleOf = (awareness: Awareness, selfId: string): Present[] => {
  const peopleById = new Map<string, Present>()
  for (const [clientId, state] of awareness.getStates()) {
    const { id, name, color } = (state['person'] ?? {}) as Record<string, unknown>
    if (typeof id !== 'string' || typeof name !== 'string') continue
    const known = peopleById.get(id)
    const ownTab = clientId === awareness.clientID
    const field = ownTab || typeof state['field'] !== 'string' ? [] : [state['field']]
    peopleById.set(id, {
      id,
      name,
      color: typeof color === 'number' && color >= 1 && color <= 6 ? Math.floor(color) : 1,
      self: id === selfId,
      fields: [...(known?.fields ?? []), ...field],
    })
  }
  return [...peopleById.values()].sort((a, b) => Number(b.self) - Number(a.self) || (a.name < b.name ? -1 : 1))
}
