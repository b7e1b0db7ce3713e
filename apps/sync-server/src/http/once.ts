import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Clock } from '../clock.ts'
import { type KeptAnswers, LARGEST_KEPT } from './kept-answers.ts'
import { problemResponse, refused } from './problem.ts'

/** What makes two requests one. */
export type RequestKey = {
  /** As the caller gave it in `Idempotency-Key`, without its quotes. */
  readonly key: string
  /** Of the session or token: the same key of somebody else is another. */
  readonly caller: string
  /** What the caller signs in with. It is not stored anywhere, so nobody else can read what is kept. */
  readonly credential: string
  /** Method, address and content. */
  readonly request: readonly unknown[]
}

/** Does what a request with a key asks for once, however often it comes within a day. */
export type Once = (of: RequestKey, act: () => Promise<Response>) => Promise<Response>

export const createOnce = (kept: KeptAnswers, clock: Pick<Clock, 'now'>): Once => {
  const inProgress = new Set<string>()
  return async ({ key, caller, credential, request }, act) => {
    const id = digest([caller, key])
    const fingerprint = digest(request)
    if (inProgress.has(id))
      return problemResponse(refused(409, 'A request with this Idempotency-Key is in progress: ask again in a moment'))
    const known = kept.find(id, clock.now())
    const sealingKey = createHash('sha256')
      .update(JSON.stringify([credential, key]))
      .digest()
    if (known !== null)
      return known.fingerprint === fingerprint
        ? unseal(known.sealed, sealingKey)
        : problemResponse(refused(422, 'This Idempotency-Key was used for another request: give each request a key of its own'))
    inProgress.add(id)
    try {
      const answer = await act()
      // What failed here may go well the next time.
      if (answer.status < 500) {
        const sealed = seal(await readable(answer.clone()), sealingKey)
        if (sealed.length <= LARGEST_KEPT) kept.keep(id, { fingerprint, sealed }, clock.now())
      }
      return answer
    } finally {
      inProgress.delete(id)
    }
  }
}

/** The value of `Idempotency-Key`, a string of RFC 9651; null: it is none. */
export const readKey = (header: string): string | null => {
  const [, quoted] = /^ *"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})" *$/.exec(header) ?? []
  return quoted?.replace(/\\(["\\])/g, '$1') ?? null
}

type ReadableAnswer = { readonly status: number; readonly headers: readonly (readonly [string, string])[]; readonly body: string }

const readable = async (answer: Response): Promise<ReadableAnswer> => ({
  status: answer.status,
  headers: [...answer.headers],
  body: await answer.text(),
})

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

const seal = (answer: ReadableAnswer, key: Uint8Array): Uint8Array => {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, key, nonce)
  const text = Buffer.concat([cipher.update(deflateRawSync(JSON.stringify(answer))), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

const unseal = (sealed: Uint8Array, key: Uint8Array): Response => {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE))
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  const deflated = Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
  const { status, headers, body }: ReadableAnswer = JSON.parse(inflateRawSync(deflated).toString())
  return new Response(status === 204 ? null : body, {
    status,
    headers: [...headers.map(([name, value]): [string, string] => [name, value]), ['idempotency-replayed', 'true']],
  })
}

const digest = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex')
