import { PersonName } from '@stet/schema/contract/people'
import { z } from 'zod'

/** What it is for: to come back, to come by an invitation, or to be joined to who is signed in. */
const Purpose = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('again'), to: z.string() }),
  z.strictObject({ kind: z.literal('first'), code: z.string(), name: PersonName }),
  z.strictObject({ kind: z.literal('join'), person: z.string() }),
])
export type Purpose = z.infer<typeof Purpose>

const BegunSignIn = z.strictObject({
  begun: z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  purpose: Purpose,
})
/** A sign-in by a provider that was begun in one browser, which alone holds it. */
export type BegunSignIn = z.infer<typeof BegunSignIn>

export const wordsOf = (signIn: BegunSignIn): string => Buffer.from(JSON.stringify(signIn)).toString('base64url')

/** Null: they are not of ours. That they are the very words that were begun with, the server knows by their hash. */
export const signInOf = (words: string): BegunSignIn | null => {
  try {
    return BegunSignIn.safeParse(JSON.parse(Buffer.from(words, 'base64url').toString())).data ?? null
  } catch {
    return null
  }
}

const MINUTES = 10

/** As the cookie of a session, but for a sign-in that is under way. */
export const begunCookie = (siteUrl: string, words: string): string => {
  const isSecure = siteUrl.startsWith('https:')
  return [
    `${isSecure ? '__Host-' : ''}stet_begun=${words}`,
    'Path=/',
    `Max-Age=${words === '' ? 0 : MINUTES * 60}`,
    'HttpOnly',
    // The browser comes back from another site.
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ')
}

export const begunWordsIn = (header: string | null, siteUrl: string): string | null => {
  const name = `${siteUrl.startsWith('https:') ? '__Host-' : ''}stet_begun`
  return header === null ? null : (new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]+)`).exec(header)?.[1] ?? null)
}
