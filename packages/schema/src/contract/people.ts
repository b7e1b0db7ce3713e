import { z } from 'zod'

/** What a person is to the show. Bots have scopes instead. */
export const HumanRole = z.enum(['viewer', 'editor', 'publisher', 'owner'])
export type HumanRole = z.infer<typeof HumanRole>

export const Role = z.enum([...HumanRole.options, 'bot'])
export type Role = z.infer<typeof Role>

/** What the token of a bot is good for. */
export const Scope = z.enum(['read:published', 'read:drafts', 'write:dispatches', 'publish'])
export type Scope = z.infer<typeof Scope>

export const Action = z.enum(['read published', 'read', 'write', 'approve', 'publish', 'manage', 'configure'])
export type Action = z.infer<typeof Action>

/**
 * Who may do what: the one table that the HTTP API, the sockets and the desk go by. `read published` is of revisions, `read` of
 * drafts; `manage` is of people, invitations, tokens and the audit log, `configure` of webhooks.
 */
const ALLOWED_BY_ROLE: Record<HumanRole, readonly Action[]> = {
  viewer: ['read published', 'read'],
  editor: ['read published', 'read', 'write', 'approve'],
  publisher: ['read published', 'read', 'write', 'approve', 'publish'],
  owner: Action.options,
}

/** An approval is the word of a person, and only people manage people. */
const ALLOWED_BY_SCOPE: Record<Scope, readonly Action[]> = {
  'read:published': ['read published'],
  'read:drafts': ['read published', 'read'],
  'write:dispatches': ['write'],
  publish: ['publish'],
}

/** `scopes` are of bots. */
export type Rights = { readonly role: Role; readonly scopes?: readonly Scope[] | undefined }

export const may = ({ role, scopes = [] }: Rights, action: Action): boolean =>
  role === 'bot' ? scopes.some((scope) => ALLOWED_BY_SCOPE[scope].includes(action)) : ALLOWED_BY_ROLE[role].includes(action)

/** What it takes, in words: the roles, and the scope where there is one. */
export const whoMay = (action: Action): string => {
  const roles = HumanRole.options.filter((role) => ALLOWED_BY_ROLE[role].includes(action)).join(' or ')
  const scopes = Scope.options.filter((scope) => ALLOWED_BY_SCOPE[scope].includes(action)).join(' or ')
  return scopes === '' ? `the role ${roles}` : `the role ${roles}, or a token with the scope ${scopes}`
}

export const PersonName = z.string().trim().min(1, 'give a name').max(60, 'at most 60 characters')

/** Indexes the palette, as a speaker's does. */
export const PersonColor = z.int().min(1).max(6)

/** Who is asking. Bots are named after their token. */
export const Person = z.strictObject({
  id: z.string(),
  name: z.string(),
  color: PersonColor,
  role: Role,
  scopes: z.array(Scope).optional(),
})
export type Person = z.infer<typeof Person>
