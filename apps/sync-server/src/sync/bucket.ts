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

export const createBucket = (rate: Rate, clock: Clock): Bucket => {
  let messages = rate.burst
  let bytes = rate.burstBytes
  let at = clock.now()

  const fill = () => {
    const now = clock.now()
    const seconds = Math.max(0, now - at) / 1_000
    messages = Math.min(rate.burst, messages + seconds * rate.messages)
    bytes = Math.min(rate.burstBytes, bytes + seconds * rate.bytes)
    at = now
  }
  return {
    wait: (size) => {
      fill()
      const seconds = Math.max((1 - messages) / rate.messages, (size - bytes) / rate.bytes)
      return seconds <= 0 ? 0 : Math.ceil(seconds * 1_000)
    },
    take: (size) => {
      messages -= 1
      bytes -= size
    },
    fullness: () => {
      fill()
      return Math.min(messages / rate.burst, bytes / rate.burstBytes)
    },
  }
}
