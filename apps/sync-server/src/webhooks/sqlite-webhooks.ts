import { type Delivery, MessageType, type Webhook } from '@stet/schema/contract/webhooks'
import { newDispatchId, newLocalId } from '@stet/schema/ids'
import type Database from 'better-sqlite3'
import { newWebhookSecret } from './sign.ts'
import { type AttemptOutcome, type DueDelivery, MOST_WEBHOOKS, type PublishingEvent, type Webhooks } from './webhooks.ts'

/** Secrets stand here as they are: a signature takes the secret itself. `facts`: JSON; null in a ping. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS webhooks (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, state TEXT NOT NULL, made_at INTEGER NOT NULL,
    secret TEXT NOT NULL, former_secret TEXT, former_until INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS webhook_messages (
    nth INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, at TEXT NOT NULL, facts TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS webhook_deliveries (
    webhook TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    message INTEGER NOT NULL REFERENCES webhook_messages (nth) ON DELETE CASCADE,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, begun_at INTEGER, tried_at INTEGER, answer TEXT, next_at INTEGER,
    PRIMARY KEY (webhook, message)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS webhook_deliveries_waiting ON webhook_deliveries (webhook, message) WHERE state = 'waiting';
`
const FORMER_SECRET = 24 * 60 * 60 * 1000
/** So long those behind a message wait for it: order is worth this much, and no more. */
const HOLDS_OTHERS = 60 * 60 * 1000
const SHOWN = 50

type WebhookRow = {
  id: string
  url: string
  state: Webhook['state']
  made_at: number
  secret: string
  former_secret: string | null
  former_until: number | null
}
type DeliveryRow = {
  id: string
  type: string
  at: string
  facts: string | null
  state: Delivery['state']
  attempts: number
  begun_at: number | null
  tried_at: number | null
  answer: string | null
  next_at: number | null
}

const DELIVERIES = `SELECT id, type, at, facts, state, attempts, begun_at, tried_at, answer, next_at
  FROM webhook_deliveries JOIN webhook_messages ON nth = message WHERE webhook = ?`

export const createSqliteWebhooks = (db: Database): Webhooks => {
  db.exec(SCHEMA)
  const all = db.prepare<WebhookRow>('SELECT * FROM webhooks ORDER BY made_at, id')
  const one = db.prepare<WebhookRow>('SELECT * FROM webhooks WHERE id = ?')
  const insert = db.prepare('INSERT INTO webhooks (id, url, state, made_at, secret) VALUES (?, ?, ?, ?, ?)')
  const update = db.prepare('UPDATE webhooks SET url = ?, state = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM webhooks WHERE id = ?')
  const rotate = db.prepare('UPDATE webhooks SET former_secret = secret, former_until = ?, secret = ? WHERE id = ?')
  const addMessage = db.prepare('INSERT INTO webhook_messages (id, type, at, facts) VALUES (?, ?, ?, ?)')
  const addDelivery = db.prepare(
    `INSERT INTO webhook_deliveries (webhook, message, state, attempts, next_at)
     SELECT ?, nth, 'waiting', 0, ? FROM webhook_messages WHERE id = ?`,
  )
  const shown = db.prepare<DeliveryRow>(`${DELIVERIES} ORDER BY message DESC LIMIT ${SHOWN}`)
  const delivery = db.prepare<DeliveryRow>(`${DELIVERIES} AND id = ?`)
  const waiting = db.prepare<DeliveryRow>(`${DELIVERIES} AND state = 'waiting' ORDER BY message`)
  const ofMessage = 'WHERE webhook = ? AND message = (SELECT nth FROM webhook_messages WHERE id = ?)'
  const restart = db.prepare(
    `UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, begun_at = NULL, next_at = ? ${ofMessage}`,
  )
  const note = db.prepare(
    `UPDATE webhook_deliveries SET state = ?, attempts = attempts + 1, begun_at = coalesce(begun_at, ?), tried_at = ?, answer = ?,
     next_at = ? ${ofMessage}`,
  )
  const giveUp = db.prepare(
    "UPDATE webhook_deliveries SET state = 'failed', next_at = NULL WHERE webhook = ? AND state = 'waiting'",
  )
  const forget = db.prepare(
    `DELETE FROM webhook_messages WHERE at < ?
     AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE message = nth AND state = 'waiting')`,
  )

  const get = (id: string): Webhook | null => {
    const row = one.get(id)
    return row === undefined ? null : webhookOf(row)
  }
  const activeOf = (id: string): WebhookRow | null => {
    const row = one.get(id)
    return row?.state === 'active' ? row : null
  }
  const deliveryOf = (id: string, message: string): Delivery | null => {
    const row = delivery.get(id, message)
    return row === undefined ? null : shownAs(row)
  }

  return {
    list: () => all.all().map(webhookOf),
    get,
    add: db.transaction((url: string, now: number) => {
      if (all.all().length >= MOST_WEBHOOKS) return null
      const id = `wh_${newLocalId()}`
      const secret = newWebhookSecret()
      insert.run(id, url, 'active', now, secret)
      const webhook = get(id)
      return webhook && { webhook, secret }
    }).immediate,
    change: db.transaction((id: string, change: { url?: string; state?: 'active' | 'off' }) => {
      const row = one.get(id)
      if (row === undefined) return null
      update.run(change.url ?? row.url, change.state ?? row.state, id)
      return get(id)
    }).immediate,
    remove: (id) => remove.run(id).changes > 0,
    rotate: db.transaction((id: string, now: number) => {
      const secret = newWebhookSecret()
      if (rotate.run(now + FORMER_SECRET, secret, id).changes === 0) return null
      const webhook = get(id)
      return webhook && { webhook, secret }
    }).immediate,

    note: ({ type, at, facts: { dispatch, revision, sha256, title, path } }: PublishingEvent) => {
      const active = all.all().filter(({ state }) => state === 'active')
      if (active.length === 0) return
      const message = newMessageId()
      addMessage.run(message, type, at, JSON.stringify({ dispatch, revision, sha256, title, path }))
      for (const { id } of active) addDelivery.run(id, Date.parse(at), message)
    },
    ping: db.transaction((id: string, now: number) => {
      if (activeOf(id) === null) return null
      const message = newMessageId()
      addMessage.run(message, 'webhook.ping', new Date(now).toISOString(), null)
      addDelivery.run(id, now, message)
      return deliveryOf(id, message)
    }).immediate,
    deliveries: (id) => shown.all(id).map(shownAs),
    again: db.transaction((id: string, message: string, now: number) => {
      if (activeOf(id) === null || restart.run(now, id, message).changes === 0) return null
      return deliveryOf(id, message)
    }).immediate,

    next: (id, now) => {
      const webhook = activeOf(id)
      if (webhook === null) return null
      let later = Infinity
      for (const row of waiting.all(id)) {
        const dueAt = row.next_at ?? now
        if (dueAt <= now) return dueDelivery(webhook, row, now)
        later = Math.min(later, dueAt)
        const letsOthersPassAt = (row.begun_at ?? now) + HOLDS_OTHERS
        if (now < letsOthersPassAt) return { later: Math.min(later, letsOthersPassAt) }
      }
      return later === Infinity ? null : { later }
    },
    record: db.transaction((of: Pick<DueDelivery, 'webhook' | 'message'>, outcome: AttemptOutcome) => {
      const { at, answer } = outcome
      const nextAt = outcome.became === 'refused' ? outcome.nextAt : null
      const state = outcome.became === 'delivered' ? 'delivered' : nextAt === null ? 'failed' : 'waiting'
      note.run(state, at, at, answer, nextAt, of.webhook, of.message)
      const webhook = one.get(of.webhook)
      if (outcome.became !== 'gone' || webhook === undefined) return
      update.run(webhook.url, 'gone', webhook.id)
      giveUp.run(webhook.id)
    }).immediate,
    forget: (before) => {
      forget.run(new Date(before).toISOString())
    },
  }
}

/** The one behind another in time never shares its id, so who has had it knows it again. */
const newMessageId = (): string => `msg_${newDispatchId()}`

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()
const isoOrNull = (milliseconds: number | null): string | null => (milliseconds === null ? null : iso(milliseconds))

const webhookOf = ({ id, url, state, made_at, former_until }: WebhookRow): Webhook => ({
  id,
  url,
  state,
  madeAt: iso(made_at),
  formerSecretUntil: isoOrNull(former_until),
})

const factsIn = (row: DeliveryRow): DueDelivery['facts'] => (row.facts === null ? null : JSON.parse(row.facts))

const shownAs = (row: DeliveryRow): Delivery => ({
  message: row.id,
  type: MessageType.parse(row.type),
  title: factsIn(row)?.title ?? null,
  at: row.at,
  state: row.state,
  attempts: row.attempts,
  triedAt: isoOrNull(row.tried_at),
  answer: row.answer,
  nextAt: row.state === 'waiting' ? isoOrNull(row.next_at) : null,
})

const dueDelivery = (
  { id, url, secret, former_secret, former_until }: WebhookRow,
  row: DeliveryRow,
  now: number,
): DueDelivery => ({
  webhook: id,
  message: row.id,
  url,
  secrets: former_secret !== null && now < (former_until ?? 0) ? [secret, former_secret] : [secret],
  type: MessageType.parse(row.type),
  at: row.at,
  facts: factsIn(row),
  attempts: row.attempts,
})
