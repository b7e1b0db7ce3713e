import type { Person, Role } from '@stet/schema/contract/people'

export type Credentials = { readonly cookie: string | null; readonly authorization: string | null }

export type Identity = {
  readonly person: Person
  /** A cookie is sent by browsers of their own accord, so what comes by one needs a same-origin check. */
  readonly via: 'cookie' | 'token'
  /** Names the session or token, to end it and what lives by it. Not a secret. */
  readonly key: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

export type SignInOutcome =
  | { readonly ok: true; readonly person: Person; readonly key: string; readonly secret: string; readonly expiresAt: number }
  | { readonly ok: false; readonly fault: 'unknown' | 'used' | 'expired' }

export type HumanRole = Exclude<Role, 'bot'>

/** Who may come in. Secrets leave here once, when they are made; only their hashes are kept. */
export type Access = {
  readonly identify: (credentials: Credentials) => Identity | null
  /** Uses a one-use link up: makes a person of that name and a session. */
  readonly signIn: (code: string, name: string) => SignInOutcome
  /** Ends a session or a token. */
  readonly revoke: (key: string) => void
  readonly createLink: (role: HumanRole, madeBy: string) => { readonly code: string; readonly expiresAt: number }
  readonly createToken: (token: { role: Exclude<Role, 'owner'>; name: string; days: number }) => {
    readonly token: string
    readonly expiresAt: number
  }
  readonly hasOwner: () => boolean
  /** Of a person or a token, by the id that the log notes; null when nobody of that id is known. */
  readonly nameOf: (id: string) => string | null
}

export const signInUrl = (siteUrl: string, code: string): string => `${siteUrl}/desk/sign-in#${code}`
