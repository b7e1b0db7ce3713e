import type { identityRoutes } from '@stet/schema/contract/identity-routes'
import type { Logger } from 'pino'
import type { Access } from '../access/access.ts'
import { begunCookie, type Purpose, wordsOf } from '../access/begun-sign-in.ts'
import { isLastWayIn } from '../access/last-way-in.ts'
import type { Provider } from '../access/provider.ts'
import { LAST_WAY_IN, refused } from './problem.ts'
import type { Handlers } from './serve-route.ts'

type Needs = {
  readonly access: Pick<Access, 'identities' | 'passkeys' | 'passwords'>
  /** Null: nobody signs in with an account elsewhere. */
  readonly provider: Provider | null
  readonly siteUrl: () => string
  readonly logger: Logger
}

/** Signing in with an account elsewhere, as far as the desk asks for it; the browser comes back by `provider-callback.ts`. */
export const createIdentityHandlers = (needs: Needs): Pick<Handlers, keyof typeof identityRoutes> => {
  const { access, provider, siteUrl, logger } = needs
  const { identities } = access

  const begin = async (purpose: Purpose) => {
    if (provider === null) return refused(404, 'Nobody signs in with an account elsewhere here: no provider is set up')
    const outcome = await provider.begin()
    if (!outcome.ok) {
      logger.warn({ issuer: provider.issuer, reason: outcome.message }, 'the sign-in provider could not be asked')
      return refused(503, `${provider.name} does not answer just now: try again in a moment, or sign in another way`)
    }
    const words = wordsOf({ begun: outcome.begun, purpose })
    await identities.begin(words)
    return { ok: true, value: { url: outcome.url }, headers: { 'set-cookie': begunCookie(siteUrl(), words) } } as const
  }
  const nameOf = (issuer: string) => (issuer === provider?.issuer ? provider.name : (URL.parse(issuer)?.host ?? issuer))

  return {
    getProvider: () => ({ ok: true, value: { provider: provider === null ? null : { name: provider.name } } }),

    beginSignIn: ({ body: { invitation, return: to = '/desk/' } }) =>
      begin(invitation === undefined ? { kind: 'again', to } : { kind: 'first', ...invitation }),

    beginJoining: ({ caller }) => begin({ kind: 'join', person: caller.person.id }),

    listIdentities: async ({ caller }) => {
      const known = await identities.list(caller.person.id)
      return {
        ok: true,
        value: {
          identities: known.map(({ id, issuer, madeAt, usedAt }) => ({
            id,
            provider: nameOf(issuer),
            madeAt: iso(madeAt),
            usedAt: usedAt === null ? null : iso(usedAt),
          })),
        },
      }
    },

    removeIdentity: async ({ caller: { person }, params: { id } }) => {
      if (await isLastWayIn(access, person.id, id, provider?.issuer ?? null)) return LAST_WAY_IN
      return (await identities.remove(person.id, id))
        ? { ok: true, value: undefined }
        : refused(404, 'No such identity is joined to you')
    },
  }
}

const iso = (at: number): string => new Date(at).toISOString()
