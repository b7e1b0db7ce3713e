import type { SignInFault } from '@stet/schema/contract/identity-routes'
import type { Person } from '@stet/schema/contract/people'
import type { Access, Identity } from './access.ts'
import type { Purpose } from './begun-sign-in.ts'
import type { ProviderIdentity } from './identities.ts'
import type { NewSession } from './sessions.ts'

export type Came =
  | {
      readonly ok: true
      readonly did: 'signed in' | 'came by invitation' | 'joined identity'
      readonly person: Person
      /** Null: they were signed in before. */
      readonly session: NewSession | null
    }
  | { readonly ok: false; readonly fault: SignInFault }

type Asking = {
  readonly identity: ProviderIdentity
  /** Who is signed in where the browser came back. */
  readonly caller: Identity | null
  readonly agent: string
}

/** What follows from it that a provider has said who somebody is there. Only an identity that was joined to a person is one here. */
export const comeByIdentity = async (
  purpose: Purpose,
  { identity, caller, agent }: Asking,
  { identities, invitations, sessions }: Pick<Access, 'identities' | 'invitations' | 'sessions'>,
): Promise<Came> => {
  switch (purpose.kind) {
    case 'again': {
      const person = await identities.find(identity)
      const session = person === null ? null : await sessions.begin(person, agent)
      if (session === null) return { ok: false, fault: 'unknown' }
      await identities.noteUse(identity)
      return { ok: true, did: 'signed in', person: session.person, session }
    }
    case 'first': {
      // Before the link is used up by it.
      if ((await identities.find(identity)) !== null) return { ok: false, fault: 'taken' }
      const accepted = await invitations.accept(purpose.code, purpose.name, agent)
      if (!accepted.ok) return { ok: false, fault: 'invitation' }
      const { session } = accepted
      await identities.join(session.person.id, identity)
      return { ok: true, did: 'came by invitation', person: session.person, session }
    }
    case 'join': {
      // By now somebody else may be signed in there, or nobody.
      if (caller?.via !== 'cookie' || caller.person.id !== purpose.person) return { ok: false, fault: 'late' }
      if ((await identities.join(caller.person.id, identity)) === 'taken') return { ok: false, fault: 'taken' }
      return { ok: true, did: 'joined identity', person: caller.person, session: null }
    }
  }
}
