/** Who somebody is to a provider: no two have the same subject at one issuer, and nobody is given that of another later. */
export type ProviderIdentity = { readonly issuer: string; readonly subject: string }

export type KnownIdentity = {
  /** Names it to the person it is joined to. */
  readonly id: string
  readonly issuer: string
  readonly madeAt: number
  readonly usedAt: number | null
}

/** Which identity at a provider is joined to whom, and which sign-ins by a provider were begun and have not come back yet. */
export type Identities = {
  /** The person it is joined to, if they may still come. */
  readonly find: (identity: ProviderIdentity) => Promise<string | null>
  readonly list: (person: string) => Promise<readonly KnownIdentity[]>
  /** `taken`: it is joined to somebody else who may come. To whom it is joined already it stays joined. */
  readonly join: (person: string, identity: ProviderIdentity) => Promise<'joined' | 'taken'>
  readonly noteUse: (identity: ProviderIdentity) => Promise<void>
  /** Whether this person had it. */
  readonly remove: (person: string, id: string) => Promise<boolean>
  /** A sign-in comes back once, within ten minutes, with the very words it was begun with. They are not kept, only their hash. */
  readonly begin: (words: string) => Promise<void>
  readonly cameBack: (words: string) => Promise<boolean>
}
