import type { Outcome } from '@stet/schema/contract/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Failure, failureOf } from './fault-words.ts'

/** What the server was asked for. */
export type Asked<T> =
  | { readonly state: 'asking' }
  | { readonly state: 'here'; readonly value: T }
  | ({ readonly state: 'failed' } & Failure)

/** Asks once for each key; answers what came, and how to ask again. An answer that comes too late counts for nothing. */
export const useAsked = <T>(key: string, ask: () => Promise<Outcome<T>>): readonly [Asked<T>, () => void] => {
  const [asked, setAsked] = useState<{ readonly key: string; readonly is: Asked<T> }>({ key, is: { state: 'asking' } })
  const [turn, setTurn] = useState(0)
  const latest = useRef(ask)
  latest.current = ask
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another key and another turn
  useEffect(() => {
    let isWanted = true
    void latest.current().then((outcome) => {
      if (!isWanted) return
      setAsked({ key, is: outcome.ok ? { state: 'here', value: outcome.value } : { state: 'failed', ...failureOf(outcome) } })
    })
    return () => {
      isWanted = false
    }
  }, [key, turn])
  const again = useCallback(() => setTurn((before) => before + 1), [])
  return [asked.key === key ? asked.is : { state: 'asking' }, again]
}
