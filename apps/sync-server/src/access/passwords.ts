/** Names and hashes of those who sign in with a password. */
export type Passwords = {
  /** By the name one signs in with, whatever its case. */
  readonly byName: (name: string) => Promise<{ readonly person: string; readonly hash: string } | null>
  readonly ofPerson: (person: string) => Promise<{ readonly name: string; readonly hash: string } | null>
  /** `taken`: somebody else signs in with that name. */
  readonly set: (person: string, name: string, hash: string) => Promise<'set' | 'taken'>
}

/** Names that look the same are the same. */
export const foldedName = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
