import type { REFUSED, SignInFault } from '@stet/schema/contract/identity-routes'
import { useAsked } from '../history/use-asked.ts'
import { useServices } from '../react/services-context.ts'

const IN_ADDRESS: typeof REFUSED = 'refused'

/** Why the provider’s answer came to nothing; the server sends the browser back with it in the address. */
export const Refused = () => {
  const fault = new URLSearchParams(location.search).get(IN_ADDRESS)
  return fault !== null && isKnown(fault) ? <RefusedBy fault={fault} /> : null
}

const RefusedBy = ({ fault }: { readonly fault: SignInFault }) => {
  const { api } = useServices()
  const [asked] = useAsked('provider', () => api('getProvider'))
  if (asked.state === 'asking') return null
  const name = asked.state === 'here' ? asked.value.provider?.name : undefined
  return (
    <p className="notice bad" role="alert">
      {WORDS[fault](name ?? 'the provider')}
    </p>
  )
}

const WORDS: Record<SignInFault, (provider: string) => string> = {
  cancelled: (provider) => `You have come back from ${provider} without signing in there. Nothing was done.`,
  failed: (provider) =>
    `What ${provider} answered could not be believed. Try again; if it stays so, tell whoever runs this server: its log says why.`,
  invitation: () => 'This link has been used or is too old. Ask for a new one.',
  late: () => 'That took too long, or was begun in another browser. Try again.',
  taken: (provider) =>
    `This account at ${provider} belongs to somebody at this desk already. If that is you, sign in with it; you need no link.`,
  'too many': () => 'Too many tries: come back in a quarter of an hour.',
  unknown: (provider) =>
    `Nobody at this desk signs in with this account at ${provider}. Ask an owner of the show for an invitation. If you have been here before, sign in another way, and join the account under your name.`,
  unreachable: (provider) => `${provider} does not answer just now. Try again in a moment, or sign in another way.`,
}

const isKnown = (fault: string): fault is SignInFault => Object.hasOwn(WORDS, fault)
