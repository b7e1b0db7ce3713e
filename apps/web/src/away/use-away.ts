import type { ScriptEditor } from '@stet/editor/script-editor'
import type { Diff } from '@stet/schema/contract/history'
import type { Person } from '@stet/schema/contract/people'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Place } from '../desk/place.ts'
import { useServices } from '../react/services-context.ts'
import type { Replica } from '../replica/replica.ts'
import { isEmpty, ofOthers, type Stop, stopsOf } from './absence.ts'
import { createSight, type Sight } from './sight.ts'

/** What others did while one was away; until it is passed or dismissed. */
export type Away = {
  readonly diff: Diff
  /** When one looked last. */
  readonly since: string
  readonly stops: readonly Stop[]
  /** Which of them one is at; -1 before the first. */
  readonly at: number
}

export type AwayActs = {
  readonly next: () => void
  readonly dismiss: () => void
}

export const useAway = (
  replica: Replica,
  person: Person,
  editor: ScriptEditor | null,
  jump: (place: Place) => void,
): readonly [Away | null, AwayActs] => {
  const { api, seen } = useServices()
  const [away, setAway] = useState<Away | null>(null)
  const sight = useRef<Sight | null>(null)

  useEffect(() => {
    let isOpen = true
    const ask = async (since: { seq: number; epoch: string; at: string }) => {
      const outcome = await api('getDiff', { params: { id: replica.id }, query: { from: since.seq } })
      // Who cannot be told now is told when they come back once more.
      if (!isOpen || !outcome.ok) return
      const diff = ofOthers(outcome.value, person.id)
      // Where the server's copy has gone back, its numbers say other things.
      if (isEmpty(diff) || replica.heard()?.epoch !== since.epoch) return sight.current?.allSeen()
      setAway({ diff, since: since.at, stops: stopsOf(diff), at: -1 })
    }
    const look = () => sight.current?.look()
    void seen.get(person.id, replica.id).then((before) => {
      if (!isOpen) return
      sight.current = createSight({
        heard: replica.heard,
        isInSight: () => isOpen && document.visibilityState === 'visible' && replica.status.get().state === 'synced',
        now: () => new Date(),
        before,
        save: (reached) => void seen.note(person.id, replica.id, reached),
        onReturn: (since) => void ask(since),
      })
      look()
    })
    document.addEventListener('visibilitychange', look)
    addEventListener('pagehide', look)
    const stop = [replica.status.subscribe(look), replica.snapshot.subscribe(look)]
    return () => {
      isOpen = false
      look()
      document.removeEventListener('visibilitychange', look)
      removeEventListener('pagehide', look)
      for (const each of stop) each()
      sight.current = null
      setAway(null)
    }
  }, [api, seen, replica, person])

  useEffect(() => {
    const left = away?.stops.slice(Math.max(away.at, 0)) ?? []
    editor?.markBlocks(new Set(left.flatMap((stop) => (stop.in === 'script' ? [stop.block] : []))))
  }, [editor, away])

  const dismiss = useCallback(() => {
    setAway(null)
    sight.current?.allSeen()
  }, [])
  const next = useCallback(() => {
    if (away === null) return
    const stop = away.stops[away.at + 1]
    if (stop === undefined) return dismiss()
    setAway({ ...away, at: away.at + 1 })
    jump(placeOf(stop))
  }, [away, dismiss, jump])
  return [away, useMemo(() => ({ next, dismiss }), [next, dismiss])]
}

const placeOf = (stop: Stop): Place => {
  if (stop.in === 'script') return { in: 'script', block: stop.block }
  if (stop.in === 'source') return { in: 'source', id: stop.id }
  if (stop.field === 'speakers') return { in: 'speakers' }
  return { in: 'field', name: FIELD_PLACES[stop.field] ?? stop.field }
}

/** Where a field of the snapshot that has several parts, or another name, is on the desk. */
const FIELD_PLACES: Readonly<Record<string, string>> = { byline: 'bylineRole' }
