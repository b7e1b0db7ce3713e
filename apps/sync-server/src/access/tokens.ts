import type { Scope } from '@stet/schema/contract/people'

export type KnownToken = {
  readonly id: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly madeAt: number
  readonly expiresAt: number
  readonly usedAt: number | null
}

/** What bots sign in with. The id of a token is the id of the bot that speaks by it. */
export type Tokens = {
  readonly list: () => Promise<readonly KnownToken[]>
  /** `token` is the secret: it is not kept, only its hash. */
  readonly create: (token: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number }) => Promise<{
    readonly token: string
    readonly made: KnownToken
  }>
  /** Answers the key of what was ended (see `Identity`); null when there is no such token. */
  readonly revoke: (id: string) => Promise<string | null>
}
