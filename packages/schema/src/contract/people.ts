import { z } from 'zod'

/** What a person or a bot may do; `docs/spec.md` repeats this table. */
export const Role = z.enum(['owner', 'editor', 'viewer', 'bot'])
export type Role = z.infer<typeof Role>

export const Action = z.enum(['read', 'write', 'approve', 'publish', 'invite', 'configure'])
export type Action = z.infer<typeof Action>

const allowed: Record<Role, Record<Action, boolean>> = {
  owner: { read: true, write: true, approve: true, publish: true, invite: true, configure: true },
  editor: { read: true, write: true, approve: true, publish: true, invite: false, configure: false },
  bot: { read: true, write: true, approve: false, publish: true, invite: false, configure: false },
  viewer: { read: true, write: false, approve: false, publish: false, invite: false, configure: false },
}

export const may = (role: Role, action: Action): boolean => allowed[role][action]

export const PersonName = z.string().trim().min(1, 'give a name').max(60, 'at most 60 characters')

/** Who is asking. Bots are named after their token. `color` indexes the palette, as a speaker's does. */
export const Person = z.strictObject({ id: z.string(), name: z.string(), color: z.int().min(1).max(6), role: Role })
export type Person = z.infer<typeof Person>
