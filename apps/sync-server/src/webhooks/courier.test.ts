import { WebhookMessage } from '@stet/schema/contract/webhooks'
import type { DispatchId } from '@stet/schema/ids'
import { emptyContent, LAYOUT_VERSION } from '@stet/schema/snapshot'
import pino from 'pino'
import { Webhook as Verifier } from 'standardwebhooks'
import { expect, test, vi } from 'vitest'
import { openDeskDatabase } from '../desk-database.ts'
import { eventually } from '../eventually.ts'
import { createManualClock } from '../manual-clock.ts'
import type { OutsideOutcome } from '../outside/outside.ts'
import type { Draft } from '../revisions/revisions.ts'
import { createSqliteRevisions } from '../revisions/sqlite-revisions.ts'
import { createCourier } from './courier.ts'
import { createSqliteWebhooks } from './sqlite-webhooks.ts'
import type { PublishingEvent } from './webhooks.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR
const URL_A = 'https://a.example/hook'

type Sent = {
  readonly url: string
  readonly id: string
  readonly at: number
  readonly body: WebhookMessage
  readonly raw: string
} & {
  readonly headers: Record<string, string>
}

/** A courier whose outside world is a list of answers; without one more, what was last answered is answered again. */
const setUp = (answers: readonly (number | OutsideOutcome)[] = [200]) => {
  const db = openDeskDatabase(':memory:')
  const clock = createManualClock(Date.now())
  const webhooks = createSqliteWebhooks(db)
  const revisions = createSqliteRevisions(db, webhooks.note)
  const sent: Sent[] = []
  const left = [...answers]
  let last: number | OutsideOutcome = 200
  const courier = createCourier({
    webhooks,
    clock,
    logger: pino({ level: 'silent' }),
    siteUrl: () => 'https://show.example',
    random: () => 0.5,
    outside: async (url, { headers = {}, body = '' }) => {
      const { 'webhook-id': id = '' } = headers
      sent.push({ url, id, at: clock.now(), body: WebhookMessage.parse(JSON.parse(body)), raw: body, headers: { ...headers } })
      last = left.shift() ?? last
      return typeof last === 'number' ? { ok: true, status: last, headers: {}, body: new Uint8Array() } : last
    },
  })
  const add = (url = URL_A) => {
    const made = webhooks.add(url, clock.now())
    if (made === null) throw new Error('full')
    return { id: made.webhook.id, secret: made.secret }
  }
  const count = (number: number) => eventually(() => expect(sent).toHaveLength(number))
  return { db, clock, webhooks, revisions, courier, sent, add, count }
}

const dispatch = 'A'.repeat(22) as DispatchId
const event = (revision: number, clock: { now: () => number }, title = 'Gulls'): PublishingEvent => ({
  type: 'dispatch.published',
  at: new Date(clock.now()).toISOString(),
  facts: {
    dispatch,
    revision,
    sha256: 'a'.repeat(64),
    publishedAt: new Date(clock.now()).toISOString(),
    publishedBy: 'Ada',
    path: '/dispatches/008/',
    title,
    correction: null,
  },
})
const draft = (title: string): Draft => ({
  snapshot: { layout: LAYOUT_VERSION, id: dispatch, ...emptyContent('dispatch'), title },
  number: 8,
  date: '2026-01-31',
  reserved: [],
  publishedAt: '2026-01-31T00:00:00.000Z',
  publishedBy: 'Ada',
  correction: null,
  revision: null,
})
const told = (sent: readonly Sent[]) =>
  sent.map(({ body }) => (body.type === 'webhook.ping' ? body.type : `${body.type} ${body.data.revision}`))

test('J1: what is published, corrected and withdrawn is told to each webhook, once each, and what is refused is not', async () => {
  const { revisions, courier, sent, add, count } = setUp()
  add()
  add('https://b.example/hook')
  revisions.publish(draft('One'))
  revisions.publish(draft('One'))
  revisions.publish({ ...draft('Two'), correction: { wrong: 'One.', stands: 'Two.' } })
  revisions.publish(draft('Three'))
  const withdrawal = { reason: 'Forged.', at: '2026-02-01T00:00:00.000Z', by: 'Ada' }
  revisions.withdraw(dispatch, withdrawal, null)
  revisions.withdraw(dispatch, withdrawal, null)
  courier.wake()
  await count(8)
  const expected = ['dispatch.published 1', 'dispatch.corrected 2', 'dispatch.published 3', 'dispatch.withdrawn 3']
  for (const url of [URL_A, 'https://b.example/hook']) expect(told(sent.filter((each) => each.url === url))).toEqual(expected)
  expect(sent[0]?.body).toEqual({
    type: 'dispatch.published',
    timestamp: '2026-01-31T00:00:00.000Z',
    data: { dispatch, revision: 1, sha256: expect.any(String), title: 'One', url: 'https://show.example/dispatches/008/' },
  })
})

test('J1: message and revision are one transaction: where one cannot be stored, neither is', () => {
  const { db, webhooks, add } = setUp()
  const { id } = add()
  const revisions = createSqliteRevisions(db, (told) => {
    webhooks.note(told)
    throw new Error('the disk is full')
  })
  expect(() => revisions.publish(draft('One'))).toThrow('the disk is full')
  expect([revisions.list(dispatch), webhooks.deliveries(id)]).toEqual([[], []])
})

test('J2: a verifier that is not ours takes the signature, and none that was tampered with', async () => {
  const { webhooks, clock, courier, sent, add, count } = setUp()
  const { secret } = add()
  webhooks.note(event(1, clock, 'Möwen “in” <b>Riga</b> 🌊'))
  courier.wake()
  await count(1)
  const [{ raw, headers } = { raw: '', headers: {} }] = sent
  const verifier = new Verifier(secret)
  expect(verifier.verify(raw, headers)).toEqual(JSON.parse(raw))
  expect(() => verifier.verify(raw.replace('008', '009'), headers)).toThrow()
  expect(() => verifier.verify(raw, { ...headers, 'webhook-id': 'msg_other' })).toThrow()
})

test('J2: for a day after a rotation the former secret verifies as well, and not longer', async () => {
  const { webhooks, clock, courier, sent, add, count } = setUp()
  const { id, secret: former } = add()
  const secret = webhooks.rotate(id, clock.now())?.secret ?? ''
  expect(secret).not.toBe(former)
  const sentNow = async (nth: number) => {
    webhooks.note(event(nth, clock))
    courier.wake()
    await count(nth)
    return sent[nth - 1] as Sent
  }
  const during = await sentNow(1)
  for (const each of [secret, former]) expect(new Verifier(each).verify(during.raw, during.headers)).toBeTruthy()
  clock.advance(DAY)
  vi.setSystemTime(clock.now())
  const after = await sentNow(2)
  expect(new Verifier(secret).verify(after.raw, after.headers)).toBeTruthy()
  expect(() => new Verifier(former).verify(after.raw, after.headers)).toThrow('No matching signature')
  vi.useRealTimers()
})

test('J3: what is not taken is tried ten times over three days, under one id, and then given up', async () => {
  const late: OutsideOutcome = { ok: false, fault: 'late', message: 'no answer within 5 s' }
  const { webhooks, clock, courier, sent, add, count } = setUp([500, late, 302, 404])
  const { id } = add()
  webhooks.note(event(1, clock))
  const begun = clock.now()
  courier.wake()
  await count(1)
  await eventually(() => expect(webhooks.deliveries(id)[0]).toMatchObject({ state: 'waiting', attempts: 1, answer: 'HTTP 500' }))
  for (let attempt = 2; attempt <= 10; attempt++) {
    const nextAt = Date.parse(webhooks.deliveries(id)[0]?.nextAt ?? '')
    clock.advance(nextAt - clock.now() - 1)
    expect(sent).toHaveLength(attempt - 1)
    clock.advance(1)
    await eventually(() => expect(webhooks.deliveries(id)[0]).toMatchObject({ attempts: attempt }))
  }
  expect(webhooks.deliveries(id)[0]).toMatchObject({ state: 'failed', answer: 'HTTP 404', nextAt: null })
  expect((clock.now() - begun) / DAY).toBeCloseTo(3.15, 1)
  expect(new Set(sent.map((each) => each.id)).size).toBe(1)
  clock.advance(10 * DAY)
  expect(sent).toHaveLength(10)
})

test('J3: pauses are spread by a fifth either way', async () => {
  const { pauseAfter } = await import('./retry-plan.ts')
  expect([pauseAfter(1, 0), pauseAfter(1, 0.5), pauseAfter(1, 1), pauseAfter(10, 0.5)]).toEqual([4_000, 5_000, 6_000, null])
})

test('J3: 410 switches a webhook off; what waited is not sent, and it can be switched on again', async () => {
  const { webhooks, clock, courier, sent, add, count } = setUp([410, 204])
  const { id } = add()
  webhooks.note(event(1, clock))
  webhooks.note(event(2, clock))
  courier.wake()
  await eventually(() => expect(webhooks.get(id)?.state).toBe('gone'))
  expect(webhooks.deliveries(id).map(({ state, answer }) => [state, answer])).toEqual([
    ['failed', null],
    ['failed', 'HTTP 410'],
  ])
  webhooks.note(event(3, clock))
  expect([webhooks.deliveries(id).length, webhooks.ping(id, clock.now())]).toEqual([2, null])
  webhooks.change(id, { state: 'active' })
  webhooks.note(event(4, clock))
  courier.wake()
  await count(2)
  expect(told(sent)).toEqual(['dispatch.published 1', 'dispatch.published 4'])
})

test('J4: messages come in the order of what they tell; one that is not taken holds the others back for an hour at most', async () => {
  const { webhooks, clock, courier, sent, add, count } = setUp([500, 200])
  const { id } = add()
  for (const revision of [1, 2, 3]) webhooks.note(event(revision, clock))
  courier.wake()
  await count(1)
  await eventually(() => expect(webhooks.deliveries(id).at(-1)?.attempts).toBe(1))
  courier.wake()
  expect(sent).toHaveLength(1)
  clock.advance(5_000)
  await count(4)
  expect(told(sent)).toEqual([1, 1, 2, 3].map((revision) => `dispatch.published ${revision}`))

  const stuck = setUp([500, 500, 500, 500, 200])
  const poor = stuck.add()
  for (const revision of [1, 2]) stuck.webhooks.note(event(revision, stuck.clock))
  const begun = stuck.clock.now()
  stuck.courier.wake()
  for (let attempt = 1; attempt <= 4; attempt++) {
    await eventually(() => expect(stuck.webhooks.deliveries(poor.id).at(-1)?.attempts).toBe(attempt))
    const nextAt = Date.parse(stuck.webhooks.deliveries(poor.id).at(-1)?.nextAt ?? '')
    stuck.clock.advance(Math.min(nextAt, begun + HOUR) - stuck.clock.now())
  }
  await stuck.count(5)
  expect(told(stuck.sent)).toEqual([1, 1, 1, 1, 2].map((revision) => `dispatch.published ${revision}`))
  expect((stuck.sent[4]?.at ?? 0) - begun).toBe(HOUR)
})

test('J4: what a stop cuts short is sent again; a webhook that does not answer holds back no other', async () => {
  const { webhooks, clock, courier, add } = setUp()
  const { id } = add()
  const slow = { stopped: 0, called: 0 }
  const stopped = createCourier({
    webhooks,
    clock,
    logger: pino({ level: 'silent' }),
    siteUrl: () => 'https://show.example',
    outside: (url, { signal }) =>
      url === URL_A
        ? new Promise((resolve) => {
            slow.called += 1
            signal?.addEventListener('abort', () => {
              slow.stopped += 1
              resolve({ ok: false, fault: 'stopped', message: 'the call was ended' })
            })
          })
        : Promise.resolve({ ok: true, status: 204, headers: {}, body: new Uint8Array() }),
  })
  const other = add('https://b.example/hook')
  webhooks.note(event(1, clock))
  stopped.wake()
  stopped.wake()
  await eventually(() => expect(webhooks.deliveries(other.id)[0]?.state).toBe('delivered'))
  await stopped.close()
  expect(slow).toEqual({ called: 1, stopped: 1 })
  expect(webhooks.deliveries(id)[0]).toMatchObject({ state: 'waiting', attempts: 0 })
  courier.wake()
  await eventually(() => expect(webhooks.deliveries(id)[0]?.state).toBe('delivered'))
})

test('J5: a message can be sent again under the id it had, and is forgotten after 30 days', async () => {
  const { webhooks, clock, courier, sent, add, count } = setUp()
  const { id } = add()
  webhooks.note(event(1, clock))
  courier.wake()
  await count(1)
  await eventually(() => expect(webhooks.deliveries(id)[0]?.state).toBe('delivered'))
  const message = webhooks.deliveries(id)[0]?.message ?? ''
  expect(webhooks.again(id, message, clock.now())).toMatchObject({ state: 'waiting', attempts: 0 })
  courier.wake()
  await count(2)
  expect(sent.map((each) => each.id)).toEqual([message, message])
  expect(webhooks.again(id, 'msg_none', clock.now())).toBeNull()
  await eventually(() => expect(webhooks.deliveries(id)[0]?.state).toBe('delivered'))
  clock.advance(29 * DAY)
  courier.wake()
  expect(webhooks.deliveries(id)).toHaveLength(1)
  clock.advance(2 * DAY)
  courier.wake()
  expect(webhooks.deliveries(id)).toEqual([])
})

test('J6: a message is smaller than 20 kB, whatever the title holds', async () => {
  const { webhooks, clock, courier, sent, add, count } = setUp()
  add()
  webhooks.note(event(1, clock, '\u0001'.repeat(500)))
  courier.wake()
  await count(1)
  expect(Buffer.byteLength(sent[0]?.raw ?? '')).toBeLessThan(20_000)
})

test('a disk that fails holds up nobody who publishes; what waits is sent once it is sound again', async () => {
  const { webhooks, clock, add } = setUp()
  const { id } = add()
  let isBroken = true
  let failures = 0
  const courier = createCourier({
    webhooks: {
      ...webhooks,
      record: (...all) => {
        if (isBroken) {
          failures += 1
          throw new Error('the disk is full')
        }
        webhooks.record(...all)
      },
    },
    clock,
    logger: pino({ level: 'silent' }),
    siteUrl: () => 'https://show.example',
    outside: async () => ({ ok: true, status: 200, headers: {}, body: new Uint8Array() }),
  })
  webhooks.note(event(1, clock))
  courier.wake()
  await eventually(() => expect(failures).toBe(1))
  isBroken = false
  clock.advance(60_000)
  await eventually(() => expect(webhooks.deliveries(id)[0]?.state).toBe('delivered'))
})
