import type { RouteName } from '@stet/schema/contract/routes'
import type { Refused } from '../http/problem.ts'
import type { Handlers, RouteCall } from '../http/serve-route.ts'
import type { AuditAct, AuditLog } from './audit-log.ts'

type Said = { readonly act: AuditAct; readonly about: string; readonly by?: string }
type Sayings = {
  readonly [N in RouteName]?: {
    readonly done: (call: RouteCall<N>, value: never) => Said
    readonly refused?: (call: RouteCall<N>) => Said
  }
}

type SignedIn = { readonly person: { readonly id: string; readonly name: string } }
const signedIn = {
  done: (_: unknown, { person }: SignedIn) => ({ act: 'signed in', about: person.name, by: person.id }) as const,
}

/** What is told of which route. What is not here changes nothing that the log is about. */
const SAYINGS: Sayings = {
  signIn: {
    done: (_, { person }: SignedIn) => ({ act: 'came by invitation', about: person.name, by: person.id }),
    refused: () => ({ act: 'failed to sign in', about: 'by invitation' }),
  },
  signInWithPassword: {
    ...signedIn,
    // Without the name: people type their password there too.
    refused: () => ({ act: 'failed to sign in', about: 'by password' }),
  },
  signInWithPasskey: { ...signedIn, refused: () => ({ act: 'failed to sign in', about: 'by passkey' }) },
  signOut: { done: () => ({ act: 'signed out', about: 'here' }) },
  endSession: { done: ({ params }) => ({ act: 'ended sessions', about: params.id }) },
  signOutElsewhere: { done: () => ({ act: 'ended sessions', about: 'all others' }) },
  changeAccount: { done: ({ body }) => ({ act: 'changed account', about: body.name ?? 'colour' }) },
  setPassword: { done: ({ body }) => ({ act: 'set password', about: `to sign in as ${body.signInName}` }) },
  addPasskey: { done: ({ body }) => ({ act: 'added passkey', about: body.name }) },
  removePasskey: { done: ({ params }) => ({ act: 'removed passkey', about: params.id }) },
  removeIdentity: { done: ({ params }) => ({ act: 'removed identity', about: params.id }) },
  createLink: { done: ({ body }) => ({ act: 'invited', about: `${body.uses} as ${body.role}` }) },
  withdrawLink: { done: ({ params }) => ({ act: 'withdrew invitation', about: params.id }) },
  changeRole: { done: ({ params, body }) => ({ act: 'changed role', about: `${params.id} to ${body.role}` }) },
  removePerson: { done: ({ params }) => ({ act: 'removed person', about: params.id }) },
  createToken: { done: ({ body }) => ({ act: 'made token', about: `${body.name}: ${body.scopes.join(' ')}` }) },
  revokeToken: { done: ({ params }) => ({ act: 'revoked token', about: params.id }) },
  publish: {
    done: ({ params }, { revision }: { revision: { revision: number } }) => ({
      act: 'published',
      about: `${params.id} as revision ${revision.revision}`,
    }),
  },
  withdraw: { done: ({ params }) => ({ act: 'withdrew', about: params.id }) },
}

type AnyHandler = (call: RouteCall<RouteName>) => Promise<{ readonly ok: true; readonly value: unknown } | Refused>
type AnySaying = { done: (call: unknown, value: unknown) => Said; refused?: (call: unknown) => Said }

/** Those who are told to wait would fill the log. */
const TOO_MANY = 429

/** The same handlers, whose answers are noted before they are given: what cannot be noted is answered with a fault. */
export const audited = (handlers: Handlers, audit: AuditLog): Handlers =>
  Object.fromEntries(
    Object.entries(handlers as unknown as Record<RouteName, AnyHandler>).map(([name, handle]) => {
      const saying = SAYINGS[name as RouteName] as AnySaying | undefined
      if (saying === undefined) return [name, handle]
      const handleAndNote: AnyHandler = async (call) => {
        const answer = await handle(call)
        const said = answer.ok ? saying.done(call, answer.value) : answer.status === TOO_MANY ? undefined : saying.refused?.(call)
        if (said !== undefined) {
          const { act, about, by = call.caller?.person.id ?? null } = said
          await audit.add({ act, about, by, address: call.from.address })
        }
        return answer
      }
      return [name, handleAndNote]
    }),
  ) as unknown as Handlers
