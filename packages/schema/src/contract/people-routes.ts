import { z } from 'zod'
import { HumanRole, Person, PersonName, Scope } from './people.ts'

const at = z.iso.datetime()
const oneOf = z.strictObject({ id: z.string().min(1) })

export const ListedPerson = z.strictObject({ ...Person.omit({ scopes: true }).shape, role: HumanRole, since: at })
export type ListedPerson = z.infer<typeof ListedPerson>

/** An invitation without its link, which is shown once. */
export const ListedInvitation = z.strictObject({
  id: z.string(),
  role: HumanRole,
  /** How many may come by it, and how many have. */
  uses: z.int(),
  used: z.int(),
  /** Null: the command line, or nobody the server still knows. */
  madeBy: z.string().nullable(),
  madeAt: at,
  expiresAt: at,
})
export type ListedInvitation = z.infer<typeof ListedInvitation>

/** A token without its secret, which is shown once. */
export const ListedToken = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(Scope),
  madeAt: at,
  expiresAt: at,
  /** Exact to the hour; null: never. */
  usedAt: at.nullable(),
})
export type ListedToken = z.infer<typeof ListedToken>

/** Entries are only ever added; each is hashed with the one before it, so that none can be changed or taken out unnoticed. */
export const AuditEntry = z.strictObject({
  seq: z.int(),
  at,
  act: z.string(),
  /** Id of a person or a token, and its name; null: nobody was signed in. */
  by: z.string().nullable(),
  byName: z.string().nullable(),
  about: z.string(),
  address: z.string(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const Scopes = z
  .array(Scope)
  .min(1, 'name one scope or more')
  .transform((scopes) => Scope.options.filter((scope) => scopes.includes(scope)))

/** The part of the contract by which an owner manages who may come to the desk. */
export const peopleRoutes = {
  listPeople: {
    method: 'GET',
    path: '/api/people',
    summary: 'Everyone who may come to the desk',
    access: 'manage',
    status: 200,
    answer: z.strictObject({ people: z.array(ListedPerson) }),
  },
  changeRole: {
    method: 'PATCH',
    path: '/api/people/:id',
    summary: 'Give a person another role; it holds at once, on open sockets too. The last owner stays one',
    access: 'manage',
    params: oneOf,
    body: z.strictObject({ role: HumanRole }),
    status: 200,
    answer: ListedPerson,
  },
  removePerson: {
    method: 'DELETE',
    path: '/api/people/:id',
    summary: 'Let a person in no more: ends their sessions and sockets. What they wrote stays, under their name',
    access: 'manage',
    params: oneOf,
    status: 204,
    answer: z.undefined(),
  },
  createLink: {
    method: 'POST',
    path: '/api/links',
    summary:
      'Make an invitation: a link by which so many people may come, with this role. This answer is the only one that holds it',
    access: 'manage',
    body: z.strictObject({
      role: HumanRole,
      uses: z.int().min(1).max(100).default(1),
      days: z.int().min(1).max(30).default(7),
    }),
    status: 201,
    answer: z.strictObject({ url: z.url(), expiresAt: at, made: ListedInvitation }),
  },
  listLinks: {
    method: 'GET',
    path: '/api/links',
    summary: 'The invitations that still let somebody in, without their links',
    access: 'manage',
    status: 200,
    answer: z.strictObject({ invitations: z.array(ListedInvitation) }),
  },
  withdrawLink: {
    method: 'DELETE',
    path: '/api/links/:id',
    summary: 'Withdraw an invitation: nobody comes by it any more',
    access: 'manage',
    params: oneOf,
    status: 204,
    answer: z.undefined(),
  },
  listAudit: {
    method: 'GET',
    path: '/api/audit',
    summary: 'The audit log, oldest first, by pages of 500: who did what that bears on people, or on what the public sees',
    access: 'manage',
    query: z.strictObject({ after: z.coerce.number().int().min(0).default(0) }),
    status: 200,
    answer: z.strictObject({
      entries: z.array(AuditEntry),
      /** Give it as `after` to go on; null: there is nothing newer. */
      next: z.int().nullable(),
      /** The seq of the newest entry. */
      newest: z.int(),
    }),
  },
  listTokens: {
    method: 'GET',
    path: '/api/tokens',
    summary: 'The tokens of bots, without their secrets',
    access: 'manage',
    status: 200,
    answer: z.strictObject({ tokens: z.array(ListedToken) }),
  },
  createToken: {
    method: 'POST',
    path: '/api/tokens',
    summary: 'Make a token for a bot: this answer is the only one that holds its secret',
    access: 'manage',
    body: z.strictObject({ name: PersonName, scopes: Scopes, days: z.int().min(1).max(3_650).default(365) }),
    status: 201,
    answer: z.strictObject({ token: z.string(), made: ListedToken }),
  },
  revokeToken: {
    method: 'DELETE',
    path: '/api/tokens/:id',
    summary: 'End a token: it opens nothing any more, and its sockets are closed',
    access: 'manage',
    params: oneOf,
    status: 204,
    answer: z.undefined(),
  },
} as const
