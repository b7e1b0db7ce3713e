import { JSON_FEED_PATH, RSS_PATH } from '@stet/render/feed-paths'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Outside } from '../outside/outside.ts'
import { pauseAfter } from './retry-plan.ts'

/** Tells a WebSub hub that the feeds have changed, so that it fetches them and tells their readers. */
export type HubPing = { readonly wake: () => void; readonly close: () => Promise<void> }

type Needs = {
  readonly outside: Outside
  readonly clock: Clock
  readonly logger: Logger
  readonly siteUrl: () => string
  readonly random?: () => number
}

/** Keeps nothing: a ping says only that a hub should look, so one at each start makes up for any that a stop has cut short. */
export const createHubPing = (hub: string, { outside, clock, logger, siteUrl, random = Math.random }: Needs): HubPing => {
  const stopping = new AbortController()
  let cancelTimer = () => {}
  let underWay: Promise<void> | null = null
  let isWanted = false

  const wake = (): void => {
    isWanted = true
    if (underWay === null) begin(1)
  }
  const begin = (nth: number): void => {
    cancelTimer()
    if (stopping.signal.aborted) return
    isWanted = false
    underWay = tell(nth).finally(() => {
      underWay = null
      if (isWanted) begin(1)
    })
  }
  const tell = async (nth: number): Promise<void> => {
    const topics = [RSS_PATH, JSON_FEED_PATH].map((path) => ['hub.url', `${siteUrl()}${path}`])
    const answer = await outside(hub, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams([['hub.mode', 'publish'], ...topics])),
      redirects: 3,
      signal: stopping.signal,
    })
    if (stopping.signal.aborted || (answer.ok && answer.status >= 200 && answer.status < 300)) return
    logger.warn({ hub, answer: answer.ok ? answer.status : answer.message }, 'the hub did not take that the feeds have changed')
    const pause = pauseAfter(nth, random())
    if (pause !== null) cancelTimer = clock.after(pause, () => begin(nth + 1))
  }
  return {
    wake,
    close: async () => {
      stopping.abort()
      cancelTimer()
      await underWay
    },
  }
}
