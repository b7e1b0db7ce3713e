import { z } from 'zod'
import { DispatchId } from '../ids.ts'
import { RevisionFacts } from '../revision.ts'

/**
 * Webhooks by Standard Webhooks 1.0: each message is a POST of JSON with the headers `webhook-id` (the same at every attempt),
 * `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 switches the webhook off; all else is tried again.
 */
const WebhookId = z.string().regex(/^wh_[A-Za-z0-9]{14}$/, 'expected wh_ and 14 letters and digits')
const MessageId = z.string().regex(/^msg_[A-Za-z0-9]{22}$/, 'expected msg_ and 22 letters and digits')

/** What a message says has happened. `dispatch.published` is a first revision, or one that corrects nothing. */
export const MessageType = z.enum(['dispatch.published', 'dispatch.corrected', 'dispatch.withdrawn', 'webhook.ping'])
export type MessageType = z.infer<typeof MessageType>

/** The body of a message: little, since whoever wants more asks for it at `url`, or by revision. */
export const WebhookMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: MessageType.exclude(['webhook.ping']),
    timestamp: z.iso.datetime(),
    data: z.strictObject({
      dispatch: DispatchId,
      revision: RevisionFacts.shape.revision,
      sha256: RevisionFacts.shape.sha256,
      title: z.string(),
      url: z.url(),
    }),
  }),
  z.strictObject({ type: z.literal('webhook.ping'), timestamp: z.iso.datetime(), data: z.strictObject({ webhook: WebhookId }) }),
])
export type WebhookMessage = z.infer<typeof WebhookMessage>

const WebhookUrl = z
  .url({ protocol: /^https?$/, error: 'give an address that begins with https:// or http://' })
  .max(2_000, 'at most 2000 characters')
  .refine((url) => !/^https?:\/\/[^/?#]*@/.test(url), 'leave out user and password')

export const Webhook = z.strictObject({
  id: WebhookId,
  url: z.string(),
  /** `gone`: it answered 410. Only an `active` one is told of anything. */
  state: z.enum(['active', 'off', 'gone']),
  madeAt: z.iso.datetime(),
  /** Until then messages are signed by the former secret as well; null: by one alone. */
  formerSecretUntil: z.iso.datetime().nullable(),
})
export type Webhook = z.infer<typeof Webhook>

/** Where a message stands on its way to one webhook. */
export const Delivery = z.strictObject({
  message: MessageId,
  type: MessageType,
  /** What the message is about; null: a ping. */
  title: z.string().nullable(),
  /** When that happened. */
  at: z.iso.datetime(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int().min(0),
  /** Of the last attempt; null: there was none. */
  triedAt: z.iso.datetime().nullable(),
  /** HTTP status of the last answer, or why there was none. */
  answer: z.string().nullable(),
  /** When it is tried next, at the earliest; null: not again. */
  nextAt: z.iso.datetime().nullable(),
})
export type Delivery = z.infer<typeof Delivery>

/** Shown once, to whoever makes it. */
const secret = z.string().regex(/^whsec_[A-Za-z0-9+/]+=*$/)
const oneWebhook = z.strictObject({ id: WebhookId })

export const webhookRoutes = {
  listWebhooks: {
    method: 'GET',
    path: '/api/webhooks',
    summary: 'Addresses that are told of what is published, corrected and withdrawn',
    access: 'configure',
    status: 200,
    answer: z.strictObject({ webhooks: z.array(Webhook) }),
  },
  createWebhook: {
    method: 'POST',
    path: '/api/webhooks',
    summary: 'Add a webhook; its secret is answered this once',
    access: 'configure',
    body: z.strictObject({ url: WebhookUrl }),
    status: 201,
    answer: z.strictObject({ webhook: Webhook, secret }),
  },
  getWebhook: {
    method: 'GET',
    path: '/api/webhooks/:id',
    summary: 'One webhook',
    access: 'configure',
    params: oneWebhook,
    status: 200,
    answer: Webhook,
  },
  changeWebhook: {
    method: 'PATCH',
    path: '/api/webhooks/:id',
    summary: 'Change the address of a webhook, or switch it on or off',
    access: 'configure',
    params: oneWebhook,
    body: z.strictObject({ url: WebhookUrl.optional(), state: z.enum(['active', 'off']).optional() }),
    state: 'getWebhook',
    status: 200,
    answer: Webhook,
  },
  deleteWebhook: {
    method: 'DELETE',
    path: '/api/webhooks/:id',
    summary: 'Remove a webhook, with what was still on its way to it',
    access: 'configure',
    params: oneWebhook,
    state: 'getWebhook',
    status: 204,
    answer: z.undefined(),
  },
  rotateSecret: {
    method: 'POST',
    path: '/api/webhooks/:id/secret',
    summary: 'Give a webhook a new secret, answered this once; for a day messages are signed by the former one as well',
    access: 'configure',
    params: oneWebhook,
    state: 'getWebhook',
    status: 201,
    answer: z.strictObject({ webhook: Webhook, secret }),
  },
  pingWebhook: {
    method: 'POST',
    path: '/api/webhooks/:id/ping',
    summary: 'Send a message that says nothing, to see whether it arrives',
    access: 'configure',
    params: oneWebhook,
    status: 201,
    answer: Delivery,
  },
  listDeliveries: {
    method: 'GET',
    path: '/api/webhooks/:id/deliveries',
    summary: 'The last 50 messages to a webhook, newest first, and what became of them; they are kept for 30 days',
    access: 'configure',
    params: oneWebhook,
    status: 200,
    answer: z.strictObject({ deliveries: z.array(Delivery) }),
  },
  deliverAgain: {
    method: 'POST',
    path: '/api/webhooks/:id/deliveries/:message/again',
    summary: 'Send a message once more, under the id it had',
    access: 'configure',
    params: oneWebhook.extend({ message: MessageId }),
    status: 200,
    answer: Delivery,
  },
} as const
