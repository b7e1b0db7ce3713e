import type { Finding } from '@stet/schema/finding'
import { formatProblem } from '@stet/schema/finding'
import type { PublishRequest } from '@stet/schema/publishing'
import type { RevisionFacts } from '@stet/schema/revision'
import { useState } from 'react'
import { useDesk } from '../desk/desk-context.ts'
import { useServices } from '../react/services-context.ts'
import { until } from '../replica/feed.ts'

export type Publishing =
  | { readonly step: 'ready' }
  | { readonly step: 'waiting' }
  | { readonly step: 'publishing' }
  | { readonly step: 'done'; readonly revision: RevisionFacts; readonly findings: readonly Finding[] }
  | { readonly step: 'failed'; readonly why: string }

const PATIENCE_MS = 20_000

/** Publishing is of what the server holds, and of what was looked at: first everything goes up, then it is frozen. */
export const usePublishing = () => {
  const { replica } = useDesk()
  const { api, library } = useServices()
  const [publishing, setPublishing] = useState<Publishing>({ step: 'ready' })

  const publish = async (request: PublishRequest) => {
    setPublishing({ step: 'waiting' })
    try {
      await until(replica.status, ({ state }) => state === 'synced', AbortSignal.timeout(PATIENCE_MS))
    } catch {
      setPublishing({
        step: 'failed',
        why: 'Your changes have not all reached the server, so nothing was published. Try again when it says “Synced”.',
      })
      return
    }
    setPublishing({ step: 'publishing' })
    const answer = await api('publish', { params: { id: replica.id }, body: request })
    if (answer.ok) {
      setPublishing({ step: 'done', ...answer.value })
      await library.refresh()
    } else if (answer.fault === 'refused') {
      const { title, detail, problems = [] } = answer.problem
      setPublishing({ step: 'failed', why: [detail ?? title, ...problems.map(formatProblem)].join(' · ') })
    } else
      setPublishing({
        step: 'failed',
        why: 'The server did not answer. Try again: if it was published all the same, it is not published twice.',
      })
  }
  return { publishing, publish }
}
