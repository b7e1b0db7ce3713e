import type { Access } from './access.ts'

/** Whether a person could not sign in again without this passkey or identity. */
export const isLastWayIn = async (
  { passwords, passkeys, identities }: Pick<Access, 'passwords' | 'passkeys' | 'identities'>,
  person: string,
  id: string,
  /** Of the provider that is set up: identities of another let nobody in. */
  issuer: string | null,
): Promise<boolean> => {
  if ((await passwords.ofPerson(person)) !== null) return false
  const keys = (await passkeys.list(person)).map((passkey) => passkey.id)
  const accounts = (await identities.list(person)).flatMap((identity) => (identity.issuer === issuer ? [identity.id] : []))
  const ways = [...keys, ...accounts]
  return ways.length === 1 && ways[0] === id
}
