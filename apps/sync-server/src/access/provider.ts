import type { ProviderIdentity } from './identities.ts'

/** What was said as a sign-in was begun, and has to come back as it was. */
export type Begun = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** Somewhere else where people have an account by which they may sign in here. */
export type Provider = {
  /** As people call it. */
  readonly name: string
  readonly issuer: string
  /** Where the browser is to be sent. */
  readonly begin: () => Promise<
    | { readonly ok: true; readonly url: string; readonly begun: Begun }
    | { readonly ok: false; readonly fault: 'unreachable'; readonly message: string }
  >
  /** `cameBack`: the address at which the browser came back. Nothing of the provider's tokens leaves here. */
  readonly end: (cameBack: URL, begun: Begun) => Promise<ProviderOutcome>
}

/** `message` is for the log of the server. */
export type ProviderOutcome =
  | { readonly ok: true; readonly identity: ProviderIdentity }
  | { readonly ok: false; readonly fault: 'cancelled' | 'unreachable' | 'failed'; readonly message: string }
