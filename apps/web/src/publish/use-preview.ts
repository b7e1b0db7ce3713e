import { snapshotSha256 } from '@stet/render/json'
import { formatProblem, type Problem } from '@stet/schema/finding'
import type { Preview } from '@stet/schema/publishing'
import { useEffect, useState } from 'react'
import { useDesk } from '../desk/desk-context.ts'
import { useSnapshot } from '../desk/use-snapshot.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'

type Wish = { readonly number: number | null; readonly date: string | null; readonly isMinor: boolean }

/** Milliseconds after which the server is asked again that looked at something else than this desk shows. */
const ASK_AGAIN = 500

/** What publishing would do, asked anew whenever the text changes; `fault` is why the server does not say. */
export const usePreview = ({ number, date, isMinor }: Wish): { preview: Preview | null; fault: string | null } => {
  const { replica } = useDesk()
  const { api } = useServices()
  const snapshot = useSnapshot()
  const isSynced = useFeed(replica.status).state === 'synced'
  const [answer, setAnswer] = useState<{ preview: Preview | null; fault: string | null }>({ preview: null, fault: null })
  useEffect(() => {
    if (!isSynced) return
    let isWanted = true
    const query = {
      ...(number === null ? {} : { number }),
      ...(date === null ? {} : { date }),
      ...(isMinor ? { minor: 'true' as const } : {}),
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const outcome = await api('previewRevision', { params: { id: replica.id }, query })
      if (!isWanted) return
      if (outcome.ok) {
        setAnswer({ preview: outcome.value, fault: null })
        // The last words of this desk may have been on their way when it was asked.
        if (snapshot !== null && outcome.value.sha256 !== snapshotSha256(snapshot)) timer = setTimeout(ask, ASK_AGAIN)
      } else if (outcome.fault === 'refused')
        setAnswer({ preview: null, fault: [outcome.problem.title, ...problemLines(outcome.problem.problems)].join(' · ') })
    }
    void ask()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [api, replica, isSynced, snapshot, number, date, isMinor])
  return answer
}

const problemLines = (problems: readonly Problem[] = []): string[] => problems.map(formatProblem)
