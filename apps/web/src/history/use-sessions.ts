import type { NamedMoment, Session } from '@stet/schema/contract/history'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useDesk } from '../desk/desk-context.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { failureOf } from './fault-words.ts'
import type { Asked } from './use-asked.ts'

export type Sessions = {
  readonly sessions: readonly Session[]
  readonly moments: readonly NamedMoment[]
  /** Where the next page begins; null: there is nothing older. */
  readonly before: number | null
}

/** The sessions of the open dispatch, by pages; asked for anew when the server can be reached again. */
export const useSessions = () => {
  const { replica } = useDesk()
  const { api } = useServices()
  const [asked, setAsked] = useState<Asked<Sessions>>({ state: 'asking' })
  const [isAskingMore, setAskingMore] = useState(false)
  const turn = useRef(0)
  const state = useFeed(replica.status).state
  const isReached = state === 'synced' || state === 'read only'

  const refresh = useCallback(async () => {
    turn.current += 1
    const mine = turn.current
    const outcome = await api('getHistory', { params: { id: replica.id }, query: {} })
    if (mine !== turn.current) return
    setAsked(outcome.ok ? { state: 'here', value: outcome.value } : { state: 'failed', ...failureOf(outcome) })
  }, [api, replica])

  const more = async () => {
    if (asked.state !== 'here' || asked.value.before === null) return
    setAskingMore(true)
    const outcome = await api('getHistory', { params: { id: replica.id }, query: { before: asked.value.before } })
    setAskingMore(false)
    if (!outcome.ok) return setAsked({ state: 'failed', ...failureOf(outcome) })
    const { sessions, moments, before } = outcome.value
    setAsked({ state: 'here', value: { sessions: [...asked.value.sessions, ...sessions], moments, before } })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the server has may be more once it is reached again
  useEffect(() => void refresh(), [refresh, isReached])

  return { asked, refresh, more, isAskingMore }
}
