import type { peopleRoutes } from '@stet/schema/contract/people-routes'
import type { Site } from '@stet/schema/revision'
import { type Access, signInUrl } from '../access/access.ts'
import type { KnownInvitation } from '../access/invitations.ts'
import type { KnownPerson } from '../access/people.ts'
import type { KnownToken } from '../access/tokens.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { SyncServer } from '../sync/sync-server.ts'
import { type Refused, refused } from './problem.ts'
import type { Handlers } from './serve-route.ts'

type Needs = {
  readonly access: Pick<Access, 'people' | 'invitations' | 'tokens' | 'nameOf'>
  readonly audit: AuditLog
  readonly site: () => Site
  readonly sockets: Pick<SyncServer, 'signOut' | 'rightsChanged' | 'removed'>
}

/** What is stored ends first, then what is open: who comes back meanwhile finds what holds now. */
export const createPeopleHandlers = ({ access, audit, site, sockets }: Needs): Pick<Handlers, keyof typeof peopleRoutes> => {
  const { people, invitations, tokens } = access
  const listedInvitation = async (invitation: KnownInvitation) => ({
    id: invitation.id,
    role: invitation.role,
    uses: invitation.uses,
    used: invitation.used,
    madeBy: await access.nameOf(invitation.madeBy),
    madeAt: iso(invitation.madeAt),
    expiresAt: iso(invitation.expiresAt),
  })
  return {
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

    createLink: async ({ caller, body }) => {
      const { code, made } = await invitations.create({ ...body, madeBy: caller.person.id })
      const listed = await listedInvitation(made)
      return { ok: true, value: { url: signInUrl(site().url, code), expiresAt: listed.expiresAt, made: listed } }
    },

    listLinks: async () => ({
      ok: true,
      value: { invitations: await Promise.all((await invitations.list()).map(listedInvitation)) },
    }),

    withdrawLink: async ({ params: { id } }) =>
      (await invitations.withdraw(id)) ? { ok: true, value: undefined } : refused(404, 'There is no such invitation'),

    listAudit: async ({ query: { after } }) => {
      const found = await audit.read(after, AUDIT_PAGE)
      const entries = await Promise.all(
        found.map(async (entry) => ({
          ...entry,
          at: iso(entry.at),
          byName: entry.by === null ? null : await access.nameOf(entry.by),
        })),
      )
      const next = found.length === AUDIT_PAGE ? (found.at(-1)?.seq ?? null) : null
      return { ok: true, value: { entries, next, newest: (await audit.newest())?.seq ?? 0 } }
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
  }
}

const AUDIT_PAGE = 500

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
