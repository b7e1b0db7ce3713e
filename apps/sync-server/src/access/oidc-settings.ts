import { type Neighbour, plainAddress } from '../outside/reachable.ts'

/** The provider that people may sign in with, as the operator names it. */
export type OidcSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** As people call it. */
  readonly name: string
}

export type OidcOutcome =
  | { readonly ok: true; readonly oidc: OidcSettings | null }
  | { readonly ok: false; readonly problems: readonly string[] }

const NEEDED = {
  STET_OIDC_ISSUER: 'give the issuer of your provider, such as https://accounts.example',
  STET_OIDC_CLIENT_ID: 'give the client id that your provider has for this desk',
  STET_OIDC_CLIENT_SECRET: 'give the client secret that your provider has for this desk',
} as const
const MOST_OF_NAME = 40

/** All of it or nothing: each variable that is missing beside the others, or is not as it should be, has a line of its own. */
export const readOidcSettings = (
  env: Readonly<Record<string, string | undefined>>,
  neighbours: readonly Neighbour[],
): OidcOutcome => {
  const given = (name: string) => (env[name] ?? '').trim()
  const names = [...Object.keys(NEEDED), 'STET_OIDC_NAME']
  if (names.every((name) => env[name] === undefined)) return { ok: true, oidc: null }
  const issuer = given('STET_OIDC_ISSUER')
  const name = given('STET_OIDC_NAME')
  const missing = Object.entries(NEEDED).flatMap(([variable, fix]) =>
    given(variable) === '' ? [`${variable}: found ${JSON.stringify(env[variable] ?? '')}; ${fix}`] : [],
  )
  const problems = [
    ...missing,
    ...(issuer === '' || isIssuer(issuer, neighbours) ? [] : [`STET_OIDC_ISSUER: found ${JSON.stringify(issuer)}; ${ISSUER}`]),
    ...(name.length <= MOST_OF_NAME ? [] : [`STET_OIDC_NAME: found ${JSON.stringify(name)}; ${NAME}`]),
  ]
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    oidc: {
      issuer,
      clientId: given('STET_OIDC_CLIENT_ID'),
      clientSecret: given('STET_OIDC_CLIENT_SECRET'),
      name: name === '' ? new URL(issuer).hostname : name,
    },
  }
}

const ISSUER =
  'give an https address without a query, such as https://accounts.example (http only for an address and port in STET_NEIGHBOURS)'
const NAME = `give a name of at most ${MOST_OF_NAME} characters, for the button`

/** The client's secret goes there: in the clear only to what the operator has named as a neighbour. */
const isIssuer = (text: string, neighbours: readonly Neighbour[]): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, port, search, hash, username, password } = new URL(text)
  if (`${search}${hash}${username}${password}` !== '') return false
  if (protocol === 'https:') return true
  const address = plainAddress(hostname.replace(/^\[|\]$/g, ''))
  return protocol === 'http:' && neighbours.some((each) => each.address === address && each.port === Number(port || 80))
}
