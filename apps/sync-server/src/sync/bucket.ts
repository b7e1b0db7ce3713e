import type { Clock } from '../clock.ts'
import type { Rate } from './limits.ts'

/** A token bucket for messages and one for bytes: what may pass fills up again as time goes by. */
export type Bucket = {
  /** Milliseconds until one more message of that many bytes may pass; 0 is now. */
  readonly wait: (bytes: number) => number
  readonly take: (bytes: number) => void
  /** From 0 to 1, as it was at first. */
  readonly fullness: () => number
}

export const createBucket = (rate: Rate, clock: Clock): Bucket => new RateBucket(rate, clock)

/** A class, since every connection has two. */
class RateBucket implements Bucket {
  readonly #rate: Rate
  readonly #clock: Clock
  #messages: number
  #bytes: number
  #at: number

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate
    this.#clock = clock
    this.#messages = rate.burst
    this.#bytes = rate.burstBytes
    this.#at = clock.now()
  }
  wait(size: number): number {
    this.#fill()
    const seconds = Math.max((1 - this.#messages) / this.#rate.messages, (size - this.#bytes) / this.#rate.bytes)
    return seconds <= 0 ? 0 : Math.ceil(seconds * 1_000)
  }
  take(size: number): void {
    this.#messages -= 1
    this.#bytes -= size
  }
  fullness(): number {
    this.#fill()
    return Math.min(this.#messages / this.#rate.burst, this.#bytes / this.#rate.burstBytes)
  }
  #fill(): void {
    const now = this.#clock.now()
    const seconds = Math.max(0, now - this.#at) / 1_000
    this.#messages = Math.min(this.#rate.burst, this.#messages + seconds * this.#rate.messages)
    this.#bytes = Math.min(this.#rate.burstBytes, this.#bytes + seconds * this.#rate.bytes)
    this.#at = now
  }
}
