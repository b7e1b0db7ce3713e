import type { peopleRoutes } from '@stet/schema/contract/people-routes'
import type { Access } from '../access/access.ts'
import type { KnownPerson } from '../access/people.ts'
import type { KnownToken } from '../access/tokens.ts'
import type { SyncServer } from '../sync/sync-server.ts'
import { type Refused, refused } from './problem.ts'
import type { Handlers } from './serve-route.ts'

type Needs = {
  readonly access: Pick<Access, 'people' | 'tokens'>
  readonly sockets: Pick<SyncServer, 'signOut' | 'rightsChanged' | 'removed'>
}

/** What is stored ends first, then what is open: who comes back meanwhile finds what holds now. */
export const createPeopleHandlers = ({
  access: { people, tokens },
  sockets,
}: Needs): Pick<Handlers, keyof typeof peopleRoutes> => ({
  listPeople: async () => ({ ok: true, value: { people: (await people.list()).map(listedPerson) } }),

  changeRole: async ({ params: { id }, body: { role } }) => {
    const outcome = await people.changeRole(id, role)
    if (!outcome.ok) return noPerson(outcome.fault)
    sockets.rightsChanged(id)
    return { ok: true, value: listedPerson(outcome.value) }
  },

  removePerson: async ({ params: { id } }) => {
    const outcome = await people.remove(id)
    if (!outcome.ok) return noPerson(outcome.fault)
    sockets.removed(id)
    return { ok: true, value: undefined }
  },

  listTokens: async () => ({ ok: true, value: { tokens: (await tokens.list()).map(listedToken) } }),

  createToken: async ({ body }) => {
    const { token, made } = await tokens.create(body)
    return { ok: true, value: { token, made: listedToken(made) } }
  },

  revokeToken: async ({ params: { id } }) => {
    const key = await tokens.revoke(id)
    if (key === null) return refused(404, 'There is no such token')
    sockets.signOut(key)
    return { ok: true, value: undefined }
  },
})

const noPerson = (fault: 'absent' | 'last owner'): Refused =>
  fault === 'absent'
    ? refused(404, 'Nobody of this id may come to the desk')
    : refused(409, 'This is the last owner: make somebody else an owner first')

const iso = (at: number): string => new Date(at).toISOString()

const listedPerson = ({ id, name, color, role, since }: KnownPerson) => ({ id, name, color, role, since: iso(since) })

const listedToken = ({ id, name, scopes, madeAt, expiresAt, usedAt }: KnownToken) => ({
  id,
  name,
  scopes: [...scopes],
  madeAt: iso(madeAt),
  expiresAt: iso(expiresAt),
  usedAt: usedAt === null ? null : iso(usedAt),
})
