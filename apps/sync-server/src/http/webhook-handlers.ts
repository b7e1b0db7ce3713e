import type { webhookRoutes } from '@stet/schema/contract/webhooks'
import type { Clock } from '../clock.ts'
import { MOST_WEBHOOKS, type Webhooks } from '../webhooks/webhooks.ts'
import { refused } from './problem.ts'
import type { Handlers } from './serve-route.ts'

type Needs = {
  readonly webhooks: Webhooks
  readonly clock: Pick<Clock, 'now'>
  /** Something waits to be sent, or may be sent by now. */
  readonly onWaiting: () => void
}

const NO_WEBHOOK = refused(404, 'There is no such webhook')
const NOT_ACTIVE = refused(409, 'The webhook is switched off: switch it on first')

export const createWebhookHandlers = ({ webhooks, clock, onWaiting }: Needs): Pick<Handlers, keyof typeof webhookRoutes> => ({
  listWebhooks: () => ({ ok: true, value: { webhooks: webhooks.list() } }),

  createWebhook: ({ body: { url } }) => {
    const made = webhooks.add(url, clock.now())
    return made === null ? refused(409, `There are ${MOST_WEBHOOKS} webhooks; remove one first`) : { ok: true, value: made }
  },

  getWebhook: ({ params: { id } }) => {
    const webhook = webhooks.get(id)
    return webhook === null ? NO_WEBHOOK : { ok: true, value: webhook }
  },

  changeWebhook: ({ params: { id }, body: { url, state } }) => {
    const webhook = webhooks.change(id, { ...(url === undefined ? {} : { url }), ...(state === undefined ? {} : { state }) })
    if (webhook === null) return NO_WEBHOOK
    onWaiting()
    return { ok: true, value: webhook }
  },

  deleteWebhook: ({ params: { id } }) => (webhooks.remove(id) ? { ok: true, value: undefined } : NO_WEBHOOK),

  rotateSecret: ({ params: { id } }) => {
    const rotated = webhooks.rotate(id, clock.now())
    return rotated === null ? NO_WEBHOOK : { ok: true, value: rotated }
  },

  pingWebhook: ({ params: { id } }) => {
    if (webhooks.get(id) === null) return NO_WEBHOOK
    const delivery = webhooks.ping(id, clock.now())
    if (delivery === null) return NOT_ACTIVE
    onWaiting()
    return { ok: true, value: delivery }
  },

  listDeliveries: ({ params: { id } }) =>
    webhooks.get(id) === null ? NO_WEBHOOK : { ok: true, value: { deliveries: webhooks.deliveries(id) } },

  deliverAgain: ({ params: { id, message } }) => {
    const webhook = webhooks.get(id)
    if (webhook === null) return NO_WEBHOOK
    if (webhook.state !== 'active') return NOT_ACTIVE
    const delivery = webhooks.again(id, message, clock.now())
    if (delivery === null) return refused(404, 'There is no such message')
    onWaiting()
    return { ok: true, value: delivery }
  },
})
