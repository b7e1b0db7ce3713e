import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransportFuture,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Person } from '@stet/schema/contract/people'
import type { Site } from '@stet/schema/revision'
import type { Passkeys } from './passkeys.ts'

/** WebAuthn, between the browser and what is stored. What an authenticator says is not trusted before the library has read it. */
export type PasskeyCeremony = {
  readonly askForNew: (person: Person) => Promise<PublicKeyCredentialCreationOptionsJSON>
  readonly add: (person: Person, name: string, response: unknown) => Promise<'added' | 'known' | 'unsound'>
  readonly askToSignIn: () => Promise<PublicKeyCredentialRequestOptionsJSON>
  /** Answers whose passkey it was; null when the answer is not sound, or of a passkey that nobody here has. */
  readonly signIn: (response: unknown) => Promise<string | null>
}

export const createPasskeyCeremony = (passkeys: Passkeys, site: () => Site): PasskeyCeremony => {
  const party = () => new URL(site().url).hostname
  return {
    askForNew: async ({ id, name }) => {
      const options = await generateRegistrationOptions({
        rpName: site().name,
        rpID: party(),
        userID: new TextEncoder().encode(id),
        userName: name,
        attestationType: 'none',
        excludeCredentials: (await passkeys.list(id)).map((known) => ({ id: known.id, transports: transportsOf(known) })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      await passkeys.ask(options.challenge, id)
      return options
    },
    add: async ({ id: person }, name, response) => {
      const verified = await soundly(() =>
        verifyRegistrationResponse({
          response: response as RegistrationResponseJSON,
          expectedChallenge: (challenge) => passkeys.wasAsked(challenge, person),
          expectedOrigin: site().url,
          expectedRPID: party(),
          requireUserVerification: true,
        }),
      )
      if (verified?.verified !== true) return 'unsound'
      const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential
      return (await passkeys.add({ id, person, name, publicKey, counter, transports })) ? 'added' : 'known'
    },
    askToSignIn: async () => {
      const options = await generateAuthenticationOptions({ rpID: party(), userVerification: 'required' })
      await passkeys.ask(options.challenge, null)
      return options
    },
    signIn: async (response) => {
      const said = response as AuthenticationResponseJSON
      const known = typeof said.id === 'string' ? await passkeys.find(said.id) : null
      if (known === null) return null
      const { id, publicKey, counter } = known
      const verified = await soundly(() =>
        verifyAuthenticationResponse({
          response: said,
          expectedChallenge: (challenge) => passkeys.wasAsked(challenge, null),
          expectedOrigin: site().url,
          expectedRPID: party(),
          credential: { id, publicKey, counter, transports: transportsOf(known) },
          requireUserVerification: true,
        }),
      )
      if (verified?.verified !== true) return null
      return (await passkeys.noteUse(id, verified.authenticationInfo.newCounter)) ? known.person : null
    },
  }
}

const transportsOf = ({ transports }: { readonly transports: readonly string[] }) => transports as AuthenticatorTransportFuture[]

/** The library throws at whatever it does not like: the wrong origin, a challenge of somebody else, bytes that are none. */
const soundly = async <T>(verify: () => Promise<T>): Promise<T | null> => {
  try {
    return await verify()
  } catch {
    return null
  }
}
