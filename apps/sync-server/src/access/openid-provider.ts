import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { Clock } from '../clock.ts'
import type { Outside } from '../outside/outside.ts'
import { createOutsideFetch, NotAnswered } from '../outside/outside-fetch.ts'
import type { OidcSettings } from './oidc-settings.ts'
import type { Provider, ProviderOutcome } from './provider.ts'

type Needs = { readonly outside: Outside; readonly clock: Pick<Clock, 'now'>; readonly redirectUri: () => string }

/** How long it counts that the provider answered, so that nobody is sent to one that is down; and that it did not. */
const BELIEVED = 10_000
const LEFT_ALONE = 1_000
/** Seconds by which its clock may differ from ours. */
const TOLERANCE = 30
/** By OpenID Connect. */
const LONGEST_SUBJECT = 255

/** OpenID Connect: the code flow with PKCE, state and nonce. What a provider says is not trusted before the library has read it. */
export const createOpenIdProvider = (settings: OidcSettings, { outside, clock, redirectUri }: Needs): Provider => {
  const { name, issuer, clientId, clientSecret } = settings
  const fetch = createOutsideFetch(outside)
  let asked: { readonly found: Promise<Found>; until: number } | null = null

  /** Asked when somebody wants to sign in, so that the server starts, and all other ways work, without the provider. */
  const find = (): Promise<Found> => {
    if (asked !== null && clock.now() < asked.until) return asked.found
    const asking = { found: discover(), until: Number.POSITIVE_INFINITY }
    asked = asking
    void asking.found.then(({ ok }) => (asking.until = clock.now() + (ok ? BELIEVED : LEFT_ALONE)))
    return asking.found
  }
  const discover = async (): Promise<Found> => {
    try {
      const client = await discovery(new URL(issuer), clientId, { [clockTolerance]: TOLERANCE }, authenticatingBy(clientSecret), {
        [customFetch]: fetch,
        // Only an issuer that the settings let through is asked by http.
        execute: [enableNonRepudiationChecks, ...(new URL(issuer).protocol === 'http:' ? [allowInsecureRequests] : [])],
      })
      return { ok: true, client }
    } catch (error) {
      return { ok: false, fault: 'unreachable', message: messageOf(error) }
    }
  }
  return {
    name,
    issuer,
    begin: async () => {
      const found = await find()
      if (!found.ok) return found
      const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(found.client, {
        redirect_uri: redirectUri(),
        // Nothing but who they are there: neither name nor mail.
        scope: 'openid',
        code_challenge: await calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        state: begun.state,
        nonce: begun.nonce,
      })
      return { ok: true, url: url.href, begun }
    },
    end: async (cameBack, { state, nonce, verifier }) => {
      const found = await find()
      if (!found.ok) return found
      const here = new URL(redirectUri())
      here.search = cameBack.search
      try {
        const answer = await authorizationCodeGrant(found.client, here, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
        })
        const claims = answer.claims()
        if (claims === undefined || claims.sub.length > LONGEST_SUBJECT)
          return { ok: false, fault: 'failed', message: 'it does not say who came, or in too many letters' }
        return { ok: true, identity: { issuer: claims.iss, subject: claims.sub } }
      } catch (error) {
        return { ok: false, fault: faultOf(error), message: messageOf(error) }
      }
    },
  }
}

type Found =
  | { readonly ok: true; readonly client: Configuration }
  | { readonly ok: false; readonly fault: 'unreachable'; readonly message: string }

/** By the header, as the standard has it, unless the provider takes no such thing. */
const authenticatingBy = (secret: string): ClientAuth => {
  const [byHeader, byBody] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (taken.includes('client_secret_basic') ? byHeader : byBody)(server, ...rest)
  }
}

const faultOf = (error: unknown): Exclude<ProviderOutcome, { ok: true }>['fault'] => {
  if (error instanceof NotAnswered) return 'unreachable'
  return error instanceof AuthorizationResponseError && error.error === 'access_denied' ? 'cancelled' : 'failed'
}

/** What the library says, and what it says is behind it. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message
}
