import { z } from 'zod'
import { DispatchId } from '../ids.ts'
import { RevisionFacts } from '../revision.ts'
import { Sha256 } from '../sha256.ts'
import { StepKind } from '../status.ts'

/**
 * What happens to dispatches on their way to readers, as server-sent events: one for each step, numbered for ever. Who comes back
 * names the number it heard last (`Last-Event-ID`, or `?after=`) and is told all that came since; who names none hears from now on.
 *
 * Each connection begins with an event `stand`, which names the newest number there is; the others are named after their step.
 */
export const EVENTS_PATH = '/api/events'

/** Below it the server says that it is still there; who hears nothing for three times as long may take the connection for dead. */
export const HEARTBEAT = 15_000

/** `newest`: 0 while nothing has happened yet. One below the number that the caller heard last: the server was restored, so begin anew. */
export const Stand = z.strictObject({ newest: z.int().min(0) })

export const DispatchEvent = z.strictObject({
  dispatch: DispatchId,
  step: StepKind,
  /** Of the content that is meant. */
  sha256: Sha256,
  by: z.string(),
  at: z.iso.datetime(),
  /** The newest revision there was then, and the address of it; null while nothing was published. */
  revision: z.int().min(1).nullable(),
  path: RevisionFacts.shape.path.nullable(),
})
export type DispatchEvent = z.infer<typeof DispatchEvent>
