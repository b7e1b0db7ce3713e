import { type DispatchEvent, EVENTS_PATH, HEARTBEAT, type Stand } from '@stet/schema/contract/events'
import { may, whoMay } from '@stet/schema/contract/people'
import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import type { Access, Credentials } from '../access/access.ts'
import type { Clock } from '../clock.ts'
import { problemResponse, type Refused, refused } from '../http/problem.ts'
import type { NumberedStep, Steps } from '../revisions/steps.ts'

export type EventStreams = {
  readonly app: Hono
  /** A step may have been added. */
  readonly wake: () => void
  /** Ends all streams; who listened comes back by itself. */
  readonly close: () => void
}

const MOST_STREAMS = 200
const STEPS_AT_ONCE = 100

/**
 * The steps of all dispatches as server-sent events. A stream keeps nothing but the number it has come to and reads on from the table as
 * fast as its reader takes it, so nothing is missed and a slow reader costs no memory.
 */
export const createEventStreams = (needs: { access: Access; steps: Steps; clock: Clock }): EventStreams => {
  const { access, steps, clock } = needs
  const waiting = new Set<() => void>()
  let open = 0
  let isClosed = false

  const wake = () => {
    for (const go of waiting) go()
  }

  /** Until something happened or it is time for a sign of life. */
  const something = (): Promise<'news' | 'beat'> =>
    new Promise((resolve) => {
      const settle = (what: 'news' | 'beat') => {
        waiting.delete(news)
        cancel()
        resolve(what)
      }
      const news = () => settle('news')
      const cancel = clock.after(HEARTBEAT, () => settle('beat'))
      waiting.add(news)
    })

  const bar = async (credentials: Credentials): Promise<Refused | null> => {
    const caller = await access.identify(credentials)
    if (caller === null) return refused(401, 'Sign in first, or send a token')
    return may(caller.person, 'read') ? null : refused(403, `This takes ${whoMay('read')}`)
  }

  const mayNotGoOn = (credentials: Credentials): Promise<boolean> =>
    bar(credentials).then(
      (barred) => barred !== null,
      () => true,
    )

  const streamFrom = (heard: number | null, credentials: Credentials): ReadableStream<Uint8Array> => {
    const newest = steps.last()
    let told = Math.min(heard ?? newest, newest)
    let isEnded = false
    open += 1
    const end = () => {
      if (!isEnded) open -= 1
      isEnded = true
    }
    return new ReadableStream({
      start: (controller) => controller.enqueue(frame('stand', told, { newest } satisfies z.input<typeof Stand>)),
      pull: async (controller) => {
        for (;;) {
          const next = isEnded || isClosed ? [] : steps.after(told, STEPS_AT_ONCE)
          if (next.length > 0) {
            told = next.at(-1)?.nth ?? told
            return controller.enqueue(Buffer.concat(next.map((step) => frame(step.step, step.nth, eventOf(step)))))
          }
          const what = isEnded || isClosed ? 'news' : await something()
          if (!isEnded && !isClosed && what === 'news') continue
          // A token that has expired or was revoked hears nothing more; whose right cannot be looked up comes back, and is told so.
          if (isEnded || isClosed || (await mayNotGoOn(credentials))) {
            if (!isEnded) controller.close()
            return end()
          }
          return controller.enqueue(BEAT)
        }
      },
      cancel: () => {
        end()
        wake()
      },
    })
  }

  const app = new Hono()
  app.get(EVENTS_PATH, async (context) => {
    const credentials = credentialsOf(context)
    const barred = await bar(credentials)
    if (barred !== null) return problemResponse(barred)
    const heard = readNumber(context.req.header('last-event-id') ?? context.req.query('after'))
    if (heard === undefined)
      return problemResponse(
        refused(400, 'The number of the last event is none of ours', [{ path: ['after'], message: 'give a whole number' }]),
      )
    if (isClosed || open >= MOST_STREAMS)
      return problemResponse(refused(503, 'Too many listen already, or the server goes down; come back'))
    return new Response(streamFrom(heard, credentials), { headers: HEADERS })
  })
  return {
    app,
    wake,
    close: () => {
      isClosed = true
      wake()
    },
  }
}

/** Proxies are told not to keep it back. */
const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
const BEAT = Buffer.from(': still here\n\n')

const frame = (event: string, id: number, data: object): Uint8Array =>
  Buffer.from(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

const eventOf = ({ dispatch, step, sha256, by, at, revision, path }: NumberedStep): DispatchEvent => ({
  dispatch,
  step,
  sha256,
  by,
  at,
  revision,
  path,
})

const credentialsOf = (context: Context): Credentials => ({
  cookie: context.req.header('cookie') ?? null,
  authorization: context.req.header('authorization') ?? null,
})

/** Null where none is given; undefined where it is no number. */
const readNumber = (text: string | undefined): number | null | undefined => {
  if (text === undefined || text === '') return null
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
