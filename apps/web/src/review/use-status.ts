import { snapshotSha256 } from '@stet/render/json'
import { type Stage, type Status, type Step, stageAfter } from '@stet/schema/status'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useDesk } from '../desk/desk-context.ts'
import { useSnapshot } from '../desk/use-snapshot.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'

/** Milliseconds after which one who looks at a dispatch asks again what colleagues said of it. */
const ASK_AGAIN = 30_000

export type Standing = {
  readonly stage: Stage
  readonly steps: readonly Step[]
  /** When an approval fell; null while it stands, while none was given, or while the server has not seen the change. */
  readonly fellAt: string | null
  /** Of the content on this desk: what one who approves it has read. */
  readonly sha256: string
}

/**
 * Where the open dispatch stands; null until the server was asked. The steps are the server's, the content is this desk's: so an
 * approval is seen to fall with the first letter, and not when the server says so.
 */
export const useStatus = (): { standing: Standing | null; learn: (status: Status) => void } => {
  const { replica } = useDesk()
  const { api, library } = useServices()
  const listing = useFeed(library.shelf).find(({ id }) => id === replica.id)
  const snapshot = useSnapshot()
  const isReached = useFeed(replica.status).state === 'synced'
  const [known, setKnown] = useState<Status | null>(null)

  // What was published or withdrawn here is in the list at once.
  const listed = `${listing?.stage} ${listing?.revision}`

  const ask = useCallback(async () => {
    const answer = await api('getStatus', { params: { id: replica.id } })
    if (!answer.ok) return
    setKnown(answer.value)
    const ofThis = library.shelf.get().find(({ id }) => id === replica.id)
    if (ofThis?.stage !== answer.value.stage) void library.refresh()
  }, [api, replica, library])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the list tells of something else
  useEffect(() => {
    if (!isReached) return
    const askIfSeen = () => {
      if (document.visibilityState === 'visible') void ask()
    }
    askIfSeen()
    const timer = setInterval(askIfSeen, ASK_AGAIN)
    document.addEventListener('visibilitychange', askIfSeen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', askIfSeen)
    }
  }, [ask, isReached, listed])

  const sha256 = useMemo(() => (snapshot === null ? null : snapshotSha256(snapshot)), [snapshot])
  const standing = useMemo(
    () =>
      known === null || sha256 === null
        ? null
        : { stage: stageAfter(known.steps.at(-1) ?? null, sha256), steps: known.steps, fellAt: known.fellAt, sha256 },
    [known, sha256],
  )
  return { standing, learn: setKnown }
}
