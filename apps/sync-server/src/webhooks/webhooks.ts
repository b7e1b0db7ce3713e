import type { Delivery, MessageType, Webhook } from '@stet/schema/contract/webhooks'
import type { RevisionFacts } from '@stet/schema/revision'

/** What readers are told by a revision, or by a withdrawal. */
export type PublishingEvent = {
  readonly type: Exclude<MessageType, 'webhook.ping'>
  readonly at: string
  readonly facts: RevisionFacts
}

/** A message that is due: what is sent, and by which secrets it is signed, the newest first. */
export type DueDelivery = {
  readonly webhook: string
  readonly message: string
  readonly url: string
  readonly secrets: readonly string[]
  readonly type: MessageType
  readonly at: string
  /** Null: a ping. */
  readonly facts: Pick<RevisionFacts, 'dispatch' | 'revision' | 'sha256' | 'title' | 'path'> | null
  /** Those before this one. */
  readonly attempts: number
}

/** `gone`: the webhook is to be told nothing any more. `nextAt` null: it is not tried again. */
export type AttemptOutcome = { readonly answer: string; readonly at: number } & (
  | { readonly became: 'delivered' | 'gone' }
  | { readonly became: 'refused'; readonly nextAt: number | null }
)

export const MOST_WEBHOOKS = 20

/** Addresses that are told what happens, and the messages on their way to them. Times are milliseconds since 1970. */
export type Webhooks = {
  readonly list: () => Webhook[]
  readonly get: (id: string) => Webhook | null
  /** Null: there are as many as there may be. */
  readonly add: (url: string, now: number) => { readonly webhook: Webhook; readonly secret: string } | null
  readonly change: (id: string, change: { readonly url?: string; readonly state?: 'active' | 'off' }) => Webhook | null
  readonly remove: (id: string) => boolean
  readonly rotate: (id: string, now: number) => { readonly webhook: Webhook; readonly secret: string } | null

  /** Puts a message for every active webhook beside what it tells of: to be called in the transaction of that. */
  readonly note: (event: PublishingEvent) => void
  /** A message to one that says nothing; null: it is not there, or not active. */
  readonly ping: (id: string, now: number) => Delivery | null
  /** The last 50, newest first. */
  readonly deliveries: (id: string) => Delivery[]
  /** Null: there is no such message, or the webhook is not active. */
  readonly again: (id: string, message: string, now: number) => Delivery | null

  /** What is to be sent to an active webhook now, or when to ask again; null: nothing waits. */
  readonly next: (id: string, now: number) => DueDelivery | { readonly later: number } | null
  readonly record: (delivery: Pick<DueDelivery, 'webhook' | 'message'>, outcome: AttemptOutcome) => void
  /** Forgets messages of before that time, unless they wait still. */
  readonly forget: (before: number) => void
}
