export type OriginFacts = { readonly origin: string | null; readonly host: string | null; readonly fetchSite: string | null }

/**
 * Whether a request that a cookie speaks for was made by our own pages. Browsers send `Origin` with every write and
 * every socket; where `mustHave` is false its absence is left to callers that are no browsers.
 */
export const isSameOrigin = ({ origin, host, fetchSite }: OriginFacts, siteUrl: string, mustHave: boolean): boolean => {
  if (fetchSite !== null && fetchSite !== 'same-origin' && fetchSite !== 'none') return false
  if (origin === null) return !mustHave
  if (origin === siteUrl) return true
  return URL.canParse(origin) && host !== null && new URL(origin).host === host
}
