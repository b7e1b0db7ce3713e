import type { Finding } from '@stet/schema/finding'
import { formatProblem } from '@stet/schema/finding'
import type { RevisionFacts } from '@stet/schema/revision'
import { useEffect, useState } from 'react'
import { useDesk } from '../desk/desk-context.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { until } from '../replica/feed.ts'
import type { Suggestions } from './suggestions.ts'

export type Publishing =
  | { readonly step: 'ready' }
  | { readonly step: 'waiting' }
  | { readonly step: 'publishing' }
  | { readonly step: 'done'; readonly revision: RevisionFacts; readonly findings: readonly Finding[] }
  | { readonly step: 'failed'; readonly why: string }

const PATIENCE_MS = 20_000

/** Publishing is of what the server holds: first everything goes up, then it is frozen. */
export const usePublishing = () => {
  const { replica } = useDesk()
  const { api, library } = useServices()
  const [publishing, setPublishing] = useState<Publishing>({ step: 'ready' })

  const publish = async ({ number, date }: Suggestions) => {
    if (number !== null || date !== null)
      replica.dispatch.setMeta({ ...(number === null ? {} : { number }), ...(date === null ? {} : { date }) }, 'publish')
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
    const answer = await api('publish', { params: { id: replica.id } })
    if (answer.ok) {
      setPublishing({ step: 'done', ...answer.value })
      await library.refresh()
    } else if (answer.fault === 'refused') {
      const { title, detail, problems = [] } = answer.problem
      setPublishing({ step: 'failed', why: [detail ?? title, ...problems.map(formatProblem)].join(' · ') })
    } else
      setPublishing({
        step: 'failed',
        why: 'The server did not answer. Nothing may have been published: look at the page, then try again.',
      })
  }
  return { publishing, publish }
}

/** The number that the next revision will have; null until the server says. */
export const useNextRevision = (): number | null => {
  const { replica } = useDesk()
  const { api } = useServices()
  const [next, setNext] = useState<number | null>(null)
  const isReached = useFeed(replica.status).state === 'synced'
  useEffect(() => {
    if (!isReached) return
    let isAsking = true
    void api('listRevisions', { params: { id: replica.id } }).then((answer) => {
      if (isAsking && answer.ok) setNext((answer.value.revisions.at(-1)?.revision ?? 0) + 1)
    })
    return () => {
      isAsking = false
    }
  }, [api, replica, isReached])
  return next
}
