import { EVENTS_PATH, HEARTBEAT } from '@stet/schema/contract/events'
import { PROBLEM_MEDIA_TYPE, ProblemDetails } from '@stet/schema/contract/problem'
import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream'

/** How a stream of events came to its end. */
export type StreamEnd =
  /** Nobody answers, or what was said broke off. */
  | { readonly is: 'cut'; readonly why: string }
  | { readonly is: 'refused'; readonly status: number; readonly why: string }
  | { readonly is: 'stopped' }

type Follow = {
  readonly origin: string
  readonly token: string
  /** The number of the last event that was heard. */
  readonly last: string | null
  readonly stop: AbortSignal
  /** Answers how to take it back. */
  readonly after: (milliseconds: number, act: () => void) => () => void
}

/** Yields what the server tells, until the connection ends; a server that gives no sign of life counts as gone. */
export async function* followEvents({ origin, token, last, stop, after }: Follow): AsyncGenerator<EventSourceMessage, StreamEnd> {
  const silence = new AbortController()
  const gone = () => silence.abort(new Error('the server gave no sign of life'))
  let cancel = after(3 * HEARTBEAT, gone)
  const alive = () => {
    cancel()
    cancel = after(3 * HEARTBEAT, gone)
  }
  try {
    const response = await fetch(`${origin}${EVENTS_PATH}`, {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
        ...(last === null ? {} : { 'last-event-id': last }),
      },
      signal: AbortSignal.any([stop, silence.signal]),
    })
    if (!response.ok || response.body === null) return await refusalOf(response)
    if (!/^text\/event-stream\b/.test(response.headers.get('content-type') ?? ''))
      return { is: 'refused', status: response.status, why: `${origin}${EVENTS_PATH} is no stream of events` }
    const messages = response.body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream({ onComment: alive, maxBufferSize: LONGEST_EVENT }))
    for await (const message of messages) {
      alive()
      yield message
      if (stop.aborted) return { is: 'stopped' }
    }
    return { is: 'cut', why: 'the server ended the connection' }
  } catch (error) {
    if (stop.aborted) return { is: 'stopped' }
    const { message, cause } = error as Error
    return { is: 'cut', why: cause instanceof Error ? cause.message : message }
  } finally {
    cancel()
  }
}

/** Characters. */
const LONGEST_EVENT = 1_000_000

/** A server that is overloaded or goes down is one to come back to. */
const refusalOf = async (response: Response): Promise<StreamEnd> => {
  const { status } = response
  const isProblem = response.headers.get('content-type')?.startsWith(PROBLEM_MEDIA_TYPE) ?? false
  const problem = ProblemDetails.safeParse(isProblem ? await response.json().catch(() => null) : null)
  const why = problem.success ? problem.data.title : `it answered ${status}`
  return status >= 500 || status === 429 ? { is: 'cut', why } : { is: 'refused', status, why }
}
