export type Passkey = {
  /** As the authenticator calls it: base64url. */
  readonly id: string
  readonly person: string
  readonly name: string
  readonly publicKey: Uint8Array<ArrayBuffer>
  /** How often the authenticator says it has signed; 0 where it does not count. */
  readonly counter: number
  readonly transports: readonly string[]
  readonly madeAt: number
  readonly usedAt: number | null
}

/** What passkeys are known, and what was asked of an authenticator and not answered yet. */
export type Passkeys = {
  readonly find: (id: string) => Promise<Passkey | null>
  readonly list: (person: string) => Promise<readonly Passkey[]>
  /** False when that passkey is known already. */
  readonly add: (passkey: Omit<Passkey, 'madeAt' | 'usedAt'>) => Promise<boolean>
  /** False when this counter has been seen by now, as that of a copied authenticator would be. */
  readonly noteUse: (id: string, counter: number) => Promise<boolean>
  readonly remove: (person: string, id: string) => Promise<boolean>
  /** A challenge is answered once, within five minutes. `person` null: by whoever signs in. */
  readonly ask: (challenge: string, person: string | null) => Promise<void>
  readonly wasAsked: (challenge: string, person: string | null) => Promise<boolean>
}
