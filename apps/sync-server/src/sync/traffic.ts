import type { Clock } from '../clock.ts'
import { type Bucket, createBucket } from './bucket.ts'
import type { Limits, Rate } from './limits.ts'

/** Whose sockets count together. */
export type Party = { readonly person: string; readonly address: string; readonly room: string }

/** One socket's part in it. */
export type Stay = {
  readonly rates: { readonly own: Bucket; readonly shared: readonly Bucket[] }
  /** May be called more than once. */
  readonly end: () => void
}

export type Traffic = {
  /** Null when person, address or room have as many sockets as they may. */
  readonly enter: (party: Party) => Stay | null
  /** To be called now and then. */
  readonly forgetQuiet: () => void
}

type Share = { sockets: number; readonly bucket: Bucket }

const KINDS = ['person', 'address', 'room'] as const

export const createTraffic = (limits: Limits, clock: Clock): Traffic => {
  const shares = { person: new Map<string, Share>(), address: new Map<string, Share>(), room: new Map<string, Share>() }

  const shareOf = (kind: (typeof KINDS)[number], name: string, rate: Rate): Share => {
    const known = shares[kind].get(name) ?? { sockets: 0, bucket: createBucket(rate, clock) }
    shares[kind].set(name, known)
    return known
  }
  return {
    enter: (party) => {
      const own = KINDS.map((kind) => ({ kind, share: shareOf(kind, party[kind], limits[kind]) }))
      if (own.some(({ kind, share }) => share.sockets >= limits.sockets[kind])) return null
      for (const { share } of own) share.sockets += 1
      let ended = false
      return {
        rates: { own: createBucket(limits.connection, clock), shared: own.map(({ share }) => share.bucket) },
        end: () => {
          if (ended) return
          ended = true
          for (const { share } of own) share.sockets -= 1
        },
      }
    },
    // Not at once: who comes back at once finds the bucket as it was left.
    forgetQuiet: () => {
      for (const kind of KINDS)
        for (const [name, { sockets, bucket }] of shares[kind])
          if (sockets === 0 && bucket.fullness() === 1) shares[kind].delete(name)
    },
  }
}
