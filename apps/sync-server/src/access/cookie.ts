/** `__Host-` binds the cookie to this host and to https; browsers refuse it without https. */
export const cookieName = (siteUrl: string): string => (siteUrl.startsWith('https:') ? '__Host-stet_session' : 'stet_session')

/** The value of the session cookie in a `Cookie` header; either name will do, since only https browsers hold the longer. */
export const sessionSecretIn = (header: string | null): string | null =>
  header === null ? null : (/(?:^|;\s*)(?:__Host-)?stet_session=([A-Za-z0-9_-]+)/.exec(header)?.[1] ?? null)

export const sessionCookie = (siteUrl: string, secret: string, maxAgeSeconds: number): string =>
  [
    `${cookieName(siteUrl)}=${secret}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(siteUrl.startsWith('https:') ? ['Secure'] : []),
  ].join('; ')
