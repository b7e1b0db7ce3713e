import type { MessageType, WebhookMessage } from '@stet/schema/contract/webhooks'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Outside, OutsideOutcome } from '../outside/outside.ts'
import { pauseAfter } from './retry-plan.ts'
import { signedHeaders } from './sign.ts'
import type { AttemptOutcome, DueDelivery, Webhooks } from './webhooks.ts'

export type Courier = {
  /** Something waits, or a webhook has changed. */
  readonly wake: () => void
  /** Ends what is under way; it is sent again after the next start. */
  readonly close: () => Promise<void>
}

type Needs = {
  readonly webhooks: Webhooks
  readonly outside: Outside
  readonly clock: Clock
  readonly logger: Logger
  readonly siteUrl: () => string
  /** From 0 to 1. */
  readonly random?: () => number
}

const AFTER_A_FAULT = 60_000
const KEPT = 30 * 24 * 60 * 60 * 1000
/** A timer does not reach further than 24 days; one look a day costs nothing. */
const LONGEST_WAIT = 24 * 60 * 60 * 1000

/**
 * Brings messages to webhooks: to each one after another in the order of what they tell, to several at once. A message is struck off
 * after it was taken, so it may come twice, and never not at all while its webhook takes any within three days.
 */
export const createCourier = ({ webhooks, outside, clock, logger, siteUrl, random = Math.random }: Needs): Courier => {
  const underWay = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  let cancelTimer = () => {}

  const wake = (): void => {
    if (stopping.signal.aborted) return
    cancelTimer()
    try {
      cancelTimer = clock.after(beginWhatIsDue(), wake)
    } catch (error) {
      failed(error)
    }
  }

  /** A full disk, say. What waits is stored, and those who publish are not held up by it. */
  const failed = (error: unknown): void => {
    logger.error({ error: String(error) }, 'webhooks could not be looked after; it is tried again in a minute')
    cancelTimer()
    cancelTimer = clock.after(AFTER_A_FAULT, wake)
  }

  /** Answers in how many milliseconds to look again. */
  const beginWhatIsDue = (): number => {
    const now = clock.now()
    webhooks.forget(now - KEPT)
    let later = now + LONGEST_WAIT
    for (const { id } of webhooks.list()) {
      if (underWay.has(id)) continue
      const next = webhooks.next(id, now)
      if (next === null) continue
      if ('later' in next) later = Math.min(later, next.later)
      else underWay.set(id, bring(next).catch(failed))
    }
    return later - now
  }

  const bring = async (delivery: DueDelivery): Promise<void> => {
    const outcome = await attempt(delivery)
    underWay.delete(delivery.webhook)
    if (outcome === null) return
    webhooks.record(delivery, outcome)
    const { webhook, message } = delivery
    if (outcome.became === 'gone') logger.warn({ webhook }, 'a webhook answered that it is gone, and is told nothing any more')
    else if (outcome.became === 'refused' && outcome.nextAt === null)
      logger.warn(
        { webhook, message, answer: outcome.answer },
        'a message was not taken by its webhook for three days, and is given up',
      )
    wake()
  }

  /** Null: the server is going down, and nobody knows whether it was taken. */
  const attempt = async (delivery: DueDelivery): Promise<AttemptOutcome | null> => {
    const { message, url, secrets, attempts } = delivery
    const body = JSON.stringify(bodyOf(delivery, siteUrl()))
    const headers = { ...signedHeaders(message, body, secrets, clock.now()), 'user-agent': 'Stet webhooks' }
    const answer = await outside(url, { method: 'POST', headers, body, signal: stopping.signal })
    const at = clock.now()
    if (!answer.ok && answer.fault === 'stopped') return null
    const said = saidBy(answer)
    if (answer.ok && answer.status >= 200 && answer.status < 300) return { became: 'delivered', answer: said, at }
    if (answer.ok && answer.status === 410) return { became: 'gone', answer: said, at }
    const pause = pauseAfter(attempts + 1, random())
    return { became: 'refused', answer: said, at, nextAt: pause === null ? null : at + pause }
  }

  return {
    wake,
    close: async () => {
      stopping.abort()
      cancelTimer()
      await Promise.all(underWay.values())
    },
  }
}

const saidBy = (answer: OutsideOutcome): string => (answer.ok ? `HTTP ${answer.status}` : answer.message)

const bodyOf = ({ webhook, type, at, facts }: DueDelivery, siteUrl: string): WebhookMessage => {
  if (facts === null) return { type: 'webhook.ping', timestamp: at, data: { webhook } }
  const { path, ...data } = facts
  return { type: type as Exclude<MessageType, 'webhook.ping'>, timestamp: at, data: { ...data, url: `${siteUrl}${path}` } }
}
