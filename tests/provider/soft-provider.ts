import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Context } from 'oidc-provider'
import type { OidcSettings } from '../../apps/sync-server/src/access/oidc-settings.ts'

const CLIENT = { id: 'stet', secret: 'lantern oil, by the pint' }

/** For tests: a provider that is not ours, at which whoever comes is signed in at once, as who the test says. */
export const startSoftProvider = async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'the key', alg: 'RS256', use: 'sig' }
  let server: Server | null = null
  let port = 0
  let provider: Provider | null = null
  let account: string | null = 'ada-at-the-provider'

  const start = async () => {
    server = createServer((request, response) => {
      if (provider === null) throw new Error('nobody asks before it listens')
      if (!request.url?.startsWith('/choose/')) return provider.callback()(request, response)
      const result = account === null ? { error: 'access_denied' } : { login: { accountId: account } }
      void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  const stop = async () => {
    server?.closeAllConnections()
    server?.close()
    if (server !== null) await once(server, 'close')
    server = null
  }
  await start()
  const issuer = `http://127.0.0.1:${port}`
  const settings: OidcSettings = { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: 'Harbour Accounts' }

  return {
    settings,
    neighbour: { address: '127.0.0.1', port },
    /** Who comes from now on; null: who leaves without signing in. */
    is: (name: string | null) => {
      account = name
    },
    /** Tells it where the browser may be sent back to. */
    allow: (redirectUri: string) => {
      provider = new Provider(issuer, {
        adapter: createMemory(),
        clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
        jwks: { keys: [key] },
        cookies: { keys: ['for this test alone'] },
        features: { devInteractions: { enabled: false } },
        findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
        interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/choose/${uid}` },
        loadExistingGrant: async ({ oidc }: Context) => {
          if (provider === null) throw new Error('it asks about its own')
          const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
          grant.addOIDCScope('openid')
          await grant.save()
          return grant
        },
        ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
      })
    },
    /** An identity token of its own, whatever it says. */
    signed: (claims: Readonly<Record<string, unknown>>): string => {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const said = `${part({ alg: 'RS256', kid: key.kid })}.${part(claims)}`
      return `${said}.${sign('sha256', Buffer.from(said), privateKey).toString('base64url')}`
    },
    start,
    stop,
  }
}

type Stored = Record<string, unknown> & { consumed?: number }

/** What it keeps, for as long as it lives. */
const createMemory = () => {
  const stored = new Map<string, Stored>()
  return (kind: string) => {
    const keyOf = (id: string) => `${kind} ${id}`
    const findBy = (field: string, value: string) => [...stored.values()].find((each) => each[field] === value)
    return {
      upsert: async (id: string, payload: Stored) => void stored.set(keyOf(id), payload),
      find: async (id: string) => stored.get(keyOf(id)),
      findByUid: async (uid: string) => findBy('uid', uid),
      findByUserCode: async (userCode: string) => findBy('userCode', userCode),
      destroy: async (id: string) => void stored.delete(keyOf(id)),
      consume: async (id: string) => void Object.assign(stored.get(keyOf(id)) ?? {}, { consumed: Date.now() / 1000 }),
      revokeByGrantId: async (grant: string) => {
        for (const [key, { grantId }] of stored) if (grantId === grant) stored.delete(key)
      },
    }
  }
}
