import type { accountRoutes } from '@stet/schema/contract/account-routes'
import type { Site } from '@stet/schema/revision'
import type { Access } from '../access/access.ts'
import type { Attempts, Trying } from '../access/attempts.ts'
import { sessionCookie } from '../access/cookie.ts'
import { isLastWayIn } from '../access/last-way-in.ts'
import { createPasskeyCeremony } from '../access/passkey-ceremony.ts'
import type { PasswordHasher } from '../access/password-hash.ts'
import { foldedName } from '../access/passwords.ts'
import type { NewSession } from '../access/sessions.ts'
import type { Clock } from '../clock.ts'
import type { SyncServer } from '../sync/sync-server.ts'
import { LAST_WAY_IN, type Refused, refused } from './problem.ts'
import type { From, Handlers } from './serve-route.ts'

type Needs = {
  readonly access: Access
  readonly attempts: Attempts
  readonly hasher: PasswordHasher
  readonly clock: Pick<Clock, 'now'>
  readonly site: () => Site
  readonly sockets: Pick<SyncServer, 'signOut' | 'rightsChanged'>
  /** Of the provider that people sign in with, if there is one. */
  readonly issuer: string | null
}

/** Signing in, and what people look after themselves. */
export const createAccountHandlers = (needs: Needs): Pick<Handlers, keyof typeof accountRoutes> => {
  const { access, attempts, clock, hasher, site, sockets } = needs
  const { invitations, passkeys, passwords, people, sessions } = access
  const ceremony = createPasskeyCeremony(passkeys, site)

  const signedIn = ({ person, secret, expiresAt }: NewSession) => {
    const cookie = sessionCookie(site().url, secret, Math.floor((expiresAt - clock.now()) / 1000))
    return { ok: true, value: { person }, headers: { 'set-cookie': cookie } } as const
  }
  const begun = async (person: string, from: From) => {
    const session = await sessions.begin(person, from.agent)
    return session === null ? refused(403, 'You may not come to this desk any more') : signedIn(session)
  }

  return {
    signIn: ({ body: { code, name, password }, from }) =>
      trying(attempts, { address: from.address, account: null }, async () => {
        const outcome = await invitations.accept(code, name, from.agent, password && (await hasher.hash(password)))
        if (outcome.ok) return signedIn(outcome.session)
        // The link is as good as before.
        if (outcome.fault === 'taken') return NAME_TAKEN
        return refused(403, LINK_FAULTS[outcome.fault], [{ path: ['code'], message: 'ask for a new sign-in link' }])
      }),

    signInWithPassword: ({ body: { name, password }, from }) =>
      trying(attempts, { address: from.address, account: foldedName(name) }, async () => {
        const known = await passwords.byName(name)
        if (!(await hasher.isOf(password, known?.hash ?? null)) || known === null)
          return refused(403, 'Name and password do not belong together')
        return begun(known.person, from)
      }),

    askForPasskey: async () => ({ ok: true, value: { ...(await ceremony.askToSignIn()) } }),

    signInWithPasskey: ({ body: { response }, from }) =>
      trying(attempts, { address: from.address, account: null }, async () => {
        const person = await ceremony.signIn(response)
        return person === null ? refused(403, 'This passkey is not known here, or was asked too long ago') : begun(person, from)
      }),

    getAccount: async ({ caller: { person, key } }) => {
      const known = await passkeys.list(person.id)
      return {
        ok: true,
        value: {
          person,
          signInName: (await passwords.ofPerson(person.id))?.name ?? null,
          passkeys: known.map(({ id, name, madeAt, usedAt }) => ({
            id,
            name,
            madeAt: iso(madeAt),
            usedAt: usedAt === null ? null : iso(usedAt),
          })),
          sessions: (await sessions.list(person.id)).map((session) => ({
            id: session.id,
            agent: session.agent,
            madeAt: iso(session.madeAt),
            usedAt: iso(session.usedAt),
            isThis: session.key === key,
          })),
        },
      }
    },

    changeAccount: async ({ caller: { person }, body: { name, color } }) => {
      const changed = await people.change(person.id, {
        ...(name === undefined ? {} : { name }),
        ...(color === undefined ? {} : { color }),
      })
      if (changed === null) return refused(403, 'You may not come to this desk any more')
      // Their sockets come back under the new name.
      sockets.rightsChanged(person.id)
      return { ok: true, value: { person: { id: changed.id, name: changed.name, color: changed.color, role: changed.role } } }
    },

    setPassword: async ({ caller: { person, key }, body: { signInName, password, present }, from }) => {
      const known = await passwords.ofPerson(person.id)
      return trying(attempts, { address: from.address, account: `present of ${person.id}` }, async () => {
        if (known !== null && !(await hasher.isOf(present ?? '', known.hash)))
          return refused(403, 'This is not your present password', [{ path: ['present'], message: 'give the present password' }])
        if ((await passwords.set(person.id, signInName, await hasher.hash(password))) === 'taken') return NAME_TAKEN
        if (known !== null) for (const ended of await sessions.endOthers(person.id, key)) sockets.signOut(ended)
        return { ok: true, value: undefined }
      })
    },

    askForNewPasskey: async ({ caller }) => ({ ok: true, value: { ...(await ceremony.askForNew(caller.person)) } }),

    addPasskey: async ({ caller, body: { name, response } }) => {
      const outcome = await ceremony.add(caller.person, name, response)
      if (outcome === 'added') return { ok: true, value: undefined }
      return outcome === 'known'
        ? refused(409, 'This passkey is known already')
        : refused(422, 'This passkey could not be read, or was asked for too long ago: try again')
    },

    removePasskey: async ({ caller: { person }, params: { id } }) => {
      if (await isLastWayIn(access, person.id, id, needs.issuer)) return LAST_WAY_IN
      return (await passkeys.remove(person.id, id)) ? { ok: true, value: undefined } : refused(404, 'You have no such passkey')
    },

    endSession: async ({ caller, params: { id } }) => {
      const key = await sessions.end(caller.person.id, id)
      if (key === null) return refused(404, 'You have no such session')
      sockets.signOut(key)
      return { ok: true, value: undefined }
    },

    signOutElsewhere: async ({ caller: { person, key } }) => {
      for (const ended of await sessions.endOthers(person.id, key)) sockets.signOut(ended)
      return { ok: true, value: undefined }
    },
  }
}

const LINK_FAULTS = {
  unknown: 'This sign-in link is not one of ours',
  used: 'This sign-in link has been used',
  expired: 'This sign-in link has expired',
}

const NAME_TAKEN = refused(409, 'Somebody else signs in with this name: choose another', [
  { path: ['name'], message: 'choose another name' },
])

/** What is refused counts against who tries. */
const trying = async <T extends { readonly ok: true }>(
  attempts: Attempts,
  who: Trying,
  act: () => Promise<T | Refused>,
): Promise<T | Refused> => {
  const wait = attempts.begin(who)
  if (wait > 0) return refused(429, `Too many tries: come back in ${Math.ceil(wait / 60_000)} minutes`)
  const outcome = await act()
  if (outcome.ok) attempts.succeeded(who)
  return outcome
}

const iso = (at: number): string => new Date(at).toISOString()
