import { z } from 'zod'
import { DeskPath } from './desk-path.ts'
import { PersonName } from './people.ts'

const at = z.iso.datetime()
const goTo = z.strictObject({ url: z.url({ protocol: /^https?$/ }) })

/** Where a provider sends the browser back to, on the desk's own host: what the operator has to tell it. */
export const PROVIDER_CALLBACK = '/api/session/provider/callback'

/** Where a browser that has come back learns why it is not signed in: `?refused=` of the page it is sent to. */
export const REFUSED = 'refused'

/** Why a sign-in by a provider came to nothing. */
export const SignInFault = z.enum(['cancelled', 'failed', 'invitation', 'late', 'taken', 'too many', 'unknown', 'unreachable'])
export type SignInFault = z.infer<typeof SignInFault>

/** Who somebody is to a provider, joined to a person here. */
export const ListedIdentity = z.strictObject({
  id: z.string(),
  /** The provider, as people call it; one that is not asked any more by its host. */
  provider: z.string(),
  madeAt: at,
  usedAt: at.nullable(),
})
export type ListedIdentity = z.infer<typeof ListedIdentity>

/** The part of the contract by which people sign in with an account that they have elsewhere. */
export const identityRoutes = {
  getProvider: {
    method: 'GET',
    path: '/api/session/provider',
    summary: 'The OpenID Connect provider that people may sign in with, if there is one',
    access: 'public',
    status: 200,
    answer: z.strictObject({ provider: z.strictObject({ name: z.string() }).nullable() }),
  },
  beginSignIn: {
    method: 'POST',
    path: '/api/session/provider',
    summary:
      'Begin to sign in with the provider, again or for the first time by an invitation: sets a cookie, and answers where the browser is to go',
    access: 'public',
    body: z.strictObject({
      /** Where on the desk to end. */
      return: DeskPath.optional(),
      invitation: z.strictObject({ code: z.string().min(1).max(100), name: PersonName }).optional(),
    }),
    status: 200,
    answer: goTo,
  },
  listIdentities: {
    method: 'GET',
    path: '/api/account/identities',
    summary: 'The identities at providers that are joined to the caller, who signs in by each',
    access: 'person',
    status: 200,
    answer: z.strictObject({ identities: z.array(ListedIdentity) }),
  },
  beginJoining: {
    method: 'POST',
    path: '/api/account/identities',
    summary: 'Begin to join an identity at the provider to the caller: sets a cookie, and answers where the browser is to go',
    access: 'person',
    status: 200,
    answer: goTo,
  },
  removeIdentity: {
    method: 'DELETE',
    path: '/api/account/identities/:id',
    summary: 'Let an identity sign in as the caller no more',
    access: 'person',
    params: z.strictObject({ id: z.string().min(1) }),
    status: 204,
    answer: z.undefined(),
  },
} as const
