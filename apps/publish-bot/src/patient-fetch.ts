type Needs = {
  readonly fetch: typeof fetch
  readonly pause: (milliseconds: number) => Promise<void>
  /** Told how many seconds are waited. */
  readonly onWait: (seconds: number) => void
}

const TOO_MANY = 429
/** Seconds; a server that asks for more is not waited for. */
const LONGEST = 120
const MOST_TIMES = 10

/**
 * Asks again when a server that is asked too often says when to (RFC 9110, Retry-After in seconds). It has done nothing yet, so any
 * request may be repeated.
 */
export const patientFetch =
  ({ fetch, pause, onWait }: Needs): typeof globalThis.fetch =>
  async (...request) => {
    for (let time = 1; ; time++) {
      const response = await fetch(...request)
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
      if (response.status !== TOO_MANY || time > MOST_TIMES || !(seconds >= 0 && seconds <= LONGEST)) return response
      await response.body?.cancel()
      onWait(seconds)
      await pause(seconds * 1_000)
    }
  }
