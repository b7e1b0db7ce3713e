import { useEffect, useState } from 'react'
import { useFeed } from '../react/use-feed.ts'
import type { State, Status } from '../replica/status.ts'
import { useDesk } from './desk-context.ts'

/** How long "Saving…" stands after the last letter is safe, so that it does not flicker at every key. */
const CALM_MS = 400
const isPassing = (state: State) => state === 'saving' || state === 'saved here'

/** Where the words are, in words. Read aloud only when something is amiss, and when it is mended. */
export const SyncStatus = () => {
  const { replica } = useDesk()
  const shown = useCalm(useFeed(replica.status))
  const [trouble, setTrouble] = useState<State | null>(null)
  const isTrouble = !isPassing(shown.state) && shown.state !== 'synced' && shown.state !== 'connecting'
  if (isTrouble && trouble !== shown.state) setTrouble(shown.state)
  return (
    <span className="sync-status" data-state={shown.state} title={shown.detail}>
      <span className="dot" aria-hidden="true" />
      <span role="status" aria-label="Sync status" aria-live={isTrouble || trouble !== null ? 'polite' : 'off'}>
        {shown.text}
      </span>
    </span>
  )
}

/** Delays only the good news, so that what is said is never better than what is. */
const useCalm = (status: Status): Status => {
  const [shown, setShown] = useState(status)
  const waits = status.state === 'synced' && isPassing(shown.state)
  if (!waits && shown !== status) setShown(status)
  useEffect(() => {
    if (!waits) return
    const timer = setTimeout(() => setShown(status), CALM_MS)
    return () => clearTimeout(timer)
  }, [waits, status])
  return waits ? shown : status
}
