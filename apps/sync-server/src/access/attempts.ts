import type { Clock } from '../clock.ts'

const WINDOW = 15 * 60 * 1000
const MOST = { account: 10, address: 40 } as const
/** Who tries from many addresses, or many names, fills no memory: the oldest is forgotten. */
const REMEMBERED = 20_000

/** Who tries to sign in, as far as it is known. */
export type Trying = { readonly address: string; readonly account: string | null }

/** Counts failed sign-ins by account and by address. A try counts from its beginning, so that many at once count too. */
export type Attempts = {
  /** Milliseconds to wait; 0: it may be tried, and counts until it has succeeded. */
  readonly begin: (trying: Trying) => number
  readonly succeeded: (trying: Trying) => void
}

type Count = { failed: number; readonly until: number }

export const createAttempts = (clock: Pick<Clock, 'now'>): Attempts => {
  const counts = { account: new Map<string, Count>(), address: new Map<string, Count>() }
  const kinds = ({ address, account }: Trying) =>
    [['address', address] as const, ...(account === null ? [] : [['account', account] as const])] as const

  const countOf = (kind: 'account' | 'address', name: string): Count => {
    const known = counts[kind].get(name)
    if (known !== undefined && known.until > clock.now()) return known
    const fresh = { failed: 0, until: clock.now() + WINDOW }
    counts[kind].delete(name)
    counts[kind].set(name, fresh)
    const oldest = counts[kind].keys().next()
    if (counts[kind].size > REMEMBERED && !oldest.done) counts[kind].delete(oldest.value)
    return fresh
  }
  return {
    begin: (trying) => {
      const own = kinds(trying).map(([kind, name]) => ({ kind, count: countOf(kind, name) }))
      const waits = own.map(({ kind, count }) => (count.failed >= MOST[kind] ? count.until - clock.now() : 0))
      const wait = Math.max(...waits)
      if (wait === 0) for (const { count } of own) count.failed += 1
      return wait
    },
    succeeded: (trying) => {
      for (const [kind, name] of kinds(trying)) {
        const count = countOf(kind, name)
        // Of an address only this try: others may guess from there.
        count.failed = kind === 'account' ? 0 : Math.max(0, count.failed - 1)
      }
    },
  }
}
