import { Hono } from 'hono'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { problemResponse, refused } from './problem.ts'

type Needs = {
  readonly log: Pick<UpdateLog, 'canAppend'>
  readonly pool: Pick<DecodePool, 'run'>
  readonly isGoingDown: () => boolean
  /** Milliseconds that the decoding threads have to answer. */
  readonly patience?: number
}

const PATIENCE = 5_000

/**
 * `/healthz`: the log can be written. `/readyz`: so it can, the decoding threads answer, and the server is not on its way down. Both
 * are public, so what they ask is asked once for all who ask meanwhile.
 */
export const createHealth = ({ log, pool, isGoingDown, patience = PATIENCE }: Needs): Hono => {
  const app = new Hono()
  let asking: Promise<boolean> | null = null
  const poolAnswers = (): Promise<boolean> => {
    if (asking !== null) return asking
    let timer: NodeJS.Timeout
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), patience)
      timer.unref()
    })
    // Any job will do.
    const answer = pool.run('compact', { state: { checkpoint: null, updates: [] } }).then((outcome) => outcome.ok)
    asking = Promise.race([answer, late]).finally(() => {
      clearTimeout(timer)
      asking = null
    })
    return asking
  }

  app.get('/healthz', async (context) =>
    (await log.canAppend()) ? context.json({ status: 'ok' }) : problemResponse(refused(503, 'The log cannot be written')),
  )
  app.get('/readyz', async (context) => {
    if (isGoingDown()) return problemResponse(refused(503, 'The server is going down'))
    const [canAppend, answers] = await Promise.all([log.canAppend(), poolAnswers()])
    if (!canAppend) return problemResponse(refused(503, 'The log cannot be written'))
    if (!answers) return problemResponse(refused(503, 'The decoding threads do not answer'))
    return context.json({ status: 'ready' })
  })
  return app
}
