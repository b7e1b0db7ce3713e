import type { Clock } from '../clock.ts'

/** So many requests in so many seconds; who was silent for long has all of them at once. */
export type RatePolicy = { readonly name: string; readonly quota: number; readonly seconds: number }

const CALLER: RatePolicy = { name: 'caller', quota: 6_000, seconds: 60 }
const ADDRESS: RatePolicy = { name: 'address', quota: 600, seconds: 60 }

export type Rates = {
  /** Takes one request from what a session or token, or else an address, has left. */
  readonly take: (by: { readonly caller: string } | { readonly address: string }) => RateAnswer
}
/** `headers` are those of draft-ietf-httpapi-ratelimit-headers, for any answer. */
export type RateAnswer = { readonly isOver: boolean; readonly headers: Readonly<Record<string, string>> }

/** So many are remembered; those who have all of their quota need not be. */
const MOST_KNOWN = 10_000

/** `times`: how many times as wide the limits are. */
export const createRates = (clock: Pick<Clock, 'now'>, times = 1): Rates => {
  const buckets = new Map<string, { left: number; at: number }>()
  const policies = { caller: wider(CALLER, times), address: wider(ADDRESS, times) }

  const take = (key: string, { name, quota, seconds }: RatePolicy): RateAnswer => {
    const now = clock.now()
    const eachMs = quota / (seconds * 1_000)
    const bucket = buckets.get(key) ?? { left: quota, at: now }
    bucket.left = Math.min(quota, bucket.left + Math.max(0, now - bucket.at) * eachMs)
    bucket.at = now
    const isOver = bucket.left < 1
    if (!isOver) bucket.left -= 1
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > MOST_KNOWN) forgetOldest()
    const whole = Math.ceil((quota - bucket.left) / eachMs / 1_000)
    return {
      isOver,
      headers: {
        'ratelimit-policy': `"${name}";q=${quota};w=${seconds}`,
        ratelimit: `"${name}";r=${Math.floor(bucket.left)};t=${whole}`,
        ...(isOver ? { 'retry-after': String(Math.ceil((1 - bucket.left) / eachMs / 1_000)) } : {}),
      },
    }
  }
  /** The first in the map asked the longest time ago. */
  const forgetOldest = () => {
    for (const key of buckets.keys()) return void buckets.delete(key)
  }
  return {
    take: (by) => ('caller' in by ? take(by.caller, policies.caller) : take(`address:${by.address}`, policies.address)),
  }
}

const wider = (policy: RatePolicy, times: number): RatePolicy => ({ ...policy, quota: policy.quota * times })
