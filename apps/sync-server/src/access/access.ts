import type { Person } from '@stet/schema/contract/people'
import type { Identities } from './identities.ts'
import type { Invitations } from './invitations.ts'
import type { Passkeys } from './passkeys.ts'
import type { Passwords } from './passwords.ts'
import type { People } from './people.ts'
import type { Sessions } from './sessions.ts'
import type { Tokens } from './tokens.ts'

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

/** Who may come in, and by what. Secrets leave here once, when they are made; only their hashes are kept. */
export type Access = {
  readonly identify: (credentials: Credentials) => Promise<Identity | null>
  /** Ends a session or a token. */
  readonly revoke: (key: string) => Promise<void>
  readonly hasOwner: () => Promise<boolean>
  /** Of a person or a token, by the id that the log notes; null when nobody of that id is known. */
  readonly nameOf: (id: string) => Promise<string | null>
  readonly people: People
  readonly sessions: Sessions
  readonly invitations: Invitations
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly identities: Identities
  readonly tokens: Tokens
}

export const signInUrl = (siteUrl: string, code: string): string => `${siteUrl}/desk/sign-in#${code}`
