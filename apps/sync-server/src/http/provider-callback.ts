import { PROVIDER_CALLBACK, REFUSED, type SignInFault } from '@stet/schema/contract/identity-routes'
import { type Context, Hono } from 'hono'
import type { Logger } from 'pino'
import type { Access } from '../access/access.ts'
import type { Attempts } from '../access/attempts.ts'
import { type BegunSignIn, begunCookie, begunWordsIn, type Purpose, signInOf } from '../access/begun-sign-in.ts'
import { type Came, comeByIdentity } from '../access/come-by-identity.ts'
import { sessionCookie } from '../access/cookie.ts'
import type { Provider } from '../access/provider.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Clock } from '../clock.ts'
import type { TrustedProxies } from './client-address.ts'
import { addressOf } from './serve-route.ts'

type Needs = {
  readonly access: Access
  readonly attempts: Attempts
  readonly audit: AuditLog
  readonly provider: Provider
  readonly proxies: TrustedProxies
  readonly siteUrl: () => string
  readonly clock: Pick<Clock, 'now'>
  readonly logger: Logger
}

/**
 * Where a provider sends the browser back to: the other end of what `identity-handlers.ts` began in that browser, once. Whatever comes
 * of it, the browser goes on to the desk and to nowhere else.
 */
export const createProviderCallback = (needs: Needs): Hono => {
  const { access, attempts, audit, provider, proxies, siteUrl, clock, logger } = needs

  /** Null: it was begun in another browser, too long ago, or has come back already. */
  const takeBegun = async (cookie: string | null, cameBack: URL): Promise<BegunSignIn | null> => {
    const words = begunWordsIn(cookie, siteUrl())
    const signIn = words === null ? null : signInOf(words)
    if (words === null || signIn === null) return null
    // What another page was sent here with leaves alone what is under way.
    if (cameBack.searchParams.get('state') !== signIn.begun.state) return null
    return (await access.identities.cameBack(words)) ? signIn : null
  }
  const end = async (signIn: BegunSignIn, context: Context, cameBack: URL): Promise<Came> => {
    const outcome = await provider.end(cameBack, signIn.begun)
    if (!outcome.ok) {
      const { fault, message: reason } = outcome
      logger.warn({ issuer: provider.issuer, fault, reason }, 'a sign-in by the provider came to nothing')
      return { ok: false, fault }
    }
    const cookie = context.req.header('cookie') ?? null
    const caller = await access.identify({ cookie, authorization: null })
    const agent = context.req.header('user-agent') ?? ''
    return comeByIdentity(signIn.purpose, { identity: outcome.identity, caller, agent }, access)
  }
  const note = async (came: Came, purpose: Purpose | null, address: string): Promise<void> => {
    if (came.ok) {
      const { person } = came
      if (came.did !== 'joined identity') await audit.add({ act: came.did, by: person.id, about: person.name, address })
      if (came.did !== 'signed in')
        await audit.add({ act: 'joined identity', by: person.id, about: `at ${provider.name}`, address })
    } else if (purpose?.kind !== 'join' && !BLAMELESS.includes(came.fault))
      await audit.add({ act: 'failed to sign in', by: null, about: 'by OpenID Connect', address })
  }

  const app = new Hono()
  app.get(PROVIDER_CALLBACK, async (context) => {
    const trying = { address: addressOf(context, proxies), account: null }
    if (attempts.begin(trying) > 0) return goOn(pageOf(null, 'too many'))
    const cameBack = new URL(context.req.url)
    const signIn = await takeBegun(context.req.header('cookie') ?? null, cameBack)
    const came: Came = signIn === null ? { ok: false, fault: 'late' } : await end(signIn, context, cameBack)
    const purpose = signIn?.purpose ?? null
    if (came.ok) attempts.succeeded(trying)
    await note(came, purpose, trying.address)
    const cookies = purpose === null ? [] : [begunCookie(siteUrl(), '')]
    if (came.ok && came.session !== null) {
      const { secret, expiresAt } = came.session
      cookies.push(sessionCookie(siteUrl(), secret, Math.floor((expiresAt - clock.now()) / 1000)))
    }
    return goOn(pageOf(purpose, came.ok ? null : came.fault), cookies)
  })
  return app
}

/** Nobody tried what they may not. */
const BLAMELESS: readonly SignInFault[] = ['cancelled', 'unreachable']

/** `fault` null: it went well. */
const pageOf = (purpose: Purpose | null, fault: SignInFault | null): string => {
  const refused = fault === null ? '' : `?${new URLSearchParams({ [REFUSED]: fault })}`
  if (purpose?.kind === 'join') return `/desk/account${refused}`
  if (fault === null) return purpose?.kind === 'again' ? purpose.to : '/desk/'
  // With the invitation, which may be good for another way.
  return `/desk/sign-in${refused}${purpose?.kind === 'first' ? `#${encodeURIComponent(purpose.code)}` : ''}`
}

const goOn = (location: string, cookies: readonly string[] = []): Response => {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
