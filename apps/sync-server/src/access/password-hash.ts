import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

type Cost = { readonly N: number; readonly r: number; readonly p: number }

/** 64 MiB and about a quarter of a second for each guess; what OWASP asks of scrypt. */
const COST: Cost = { N: 2 ** 16, r: 8, p: 2 }
const MOST_MEMORY = 128 * 1024 * 1024
const LENGTH = 32

/** One at a time: each takes its 64 MiB, however many ask at once. */
export type PasswordHasher = {
  readonly hash: (password: string) => Promise<string>
  /** Takes as long for `null` (nobody of that name) as for a hash. */
  readonly isOf: (password: string, hash: string | null) => Promise<boolean>
}

/** What a hash has cost is noted in it, so a dearer one later takes nothing from those that stand. */
export const createPasswordHasher = (cost: Cost = COST): PasswordHasher => {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const next = last.then(act)
    last = next.catch(() => undefined)
    return next
  }
  const nobodys = `scrypt$${cost.N}$${cost.r}$${cost.p}$${randomBytes(16).toString('base64url')}$${randomBytes(LENGTH).toString('base64url')}`
  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(16)
        const key = await derive(password, salt, cost)
        return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
      }),
    isOf: (password, hash) =>
      inTurn(async () => {
        const [kind, N, r, p, salt = '', expected = ''] = (hash ?? nobodys).split('$')
        if (kind !== 'scrypt') throw new Error(`a password is stored as ${kind}, which this server does not know`)
        const key = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
        return timingSafeEqual(key, Buffer.from(expected, 'base64url')) && hash !== null
      }),
  }
}

/** The same letters typed on another keyboard are the same password. */
const derive = (password: string, salt: Buffer, cost: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, LENGTH, { ...cost, maxmem: MOST_MEMORY }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  )
