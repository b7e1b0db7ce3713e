import { z } from 'zod'
import { Person, PersonColor, PersonName } from './people.ts'

const at = z.iso.datetime()
const signedIn = z.strictObject({ person: Person })

/** The shortest one that a new password may be; the longest is for the server's sake. */
export const PASSWORD_LENGTH = { min: 10, max: 200 } as const
export const NewPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, `at least ${PASSWORD_LENGTH.min} characters`)
  .max(PASSWORD_LENGTH.max, `at most ${PASSWORD_LENGTH.max} characters`)
/** What authenticators say, and are asked, in the words of WebAuthn: the browser and its library read it. */
const WebAuthn = z.looseObject({})

/** A browser in which somebody is signed in. */
export const ListedSession = z.strictObject({
  id: z.string(),
  /** What the browser said of itself. */
  agent: z.string(),
  madeAt: at,
  usedAt: at,
  isThis: z.boolean(),
})
export type ListedSession = z.infer<typeof ListedSession>

export const ListedPasskey = z.strictObject({ id: z.string(), name: z.string(), madeAt: at, usedAt: at.nullable() })
export type ListedPasskey = z.infer<typeof ListedPasskey>

export const Account = z.strictObject({
  person: Person,
  /** With which name one signs in by password; null: there is no password. */
  signInName: z.string().nullable(),
  passkeys: z.array(ListedPasskey),
  sessions: z.array(ListedSession),
})
export type Account = z.infer<typeof Account>

/** The part of the contract by which people sign in, and look after how they do. */
export const accountRoutes = {
  signIn: {
    method: 'POST',
    path: '/api/session',
    summary: 'Come by an invitation or a one-use link: makes a person of that name and sets the session cookie',
    access: 'public',
    body: z.strictObject({ code: z.string().min(1), name: PersonName, password: NewPassword.optional() }),
    status: 201,
    answer: signedIn,
  },
  signInWithPassword: {
    method: 'POST',
    path: '/api/session/password',
    summary: 'Sign in with name and password: sets the session cookie',
    access: 'public',
    body: z.strictObject({ name: z.string().min(1).max(60), password: z.string().min(1).max(PASSWORD_LENGTH.max) }),
    status: 201,
    answer: signedIn,
  },
  askForPasskey: {
    method: 'POST',
    path: '/api/session/passkey/challenge',
    summary: 'What a browser is to ask of a passkey, for signing in',
    access: 'public',
    status: 200,
    answer: WebAuthn,
  },
  signInWithPasskey: {
    method: 'POST',
    path: '/api/session/passkey',
    summary: 'Sign in with what a passkey answered: sets the session cookie',
    access: 'public',
    body: z.strictObject({ response: WebAuthn }),
    status: 201,
    answer: signedIn,
  },
  getAccount: {
    method: 'GET',
    path: '/api/account',
    summary: 'The caller’s own passkeys, sessions and sign-in name',
    access: 'person',
    status: 200,
    answer: Account,
  },
  changeAccount: {
    method: 'PATCH',
    path: '/api/account',
    summary: 'Change the caller’s own name and colour',
    access: 'person',
    body: z.strictObject({ name: PersonName.optional(), color: PersonColor.optional() }),
    status: 200,
    answer: signedIn,
  },
  setPassword: {
    method: 'POST',
    path: '/api/account/password',
    summary: 'Set a password; where there is one it takes the present one, and ends all other sessions',
    access: 'person',
    body: z.strictObject({
      signInName: PersonName,
      password: NewPassword,
      present: z.string().max(PASSWORD_LENGTH.max).optional(),
    }),
    status: 204,
    answer: z.undefined(),
  },
  askForNewPasskey: {
    method: 'POST',
    path: '/api/account/passkeys/challenge',
    summary: 'What a browser is to ask of an authenticator, for a new passkey',
    access: 'person',
    status: 200,
    answer: WebAuthn,
  },
  addPasskey: {
    method: 'POST',
    path: '/api/account/passkeys',
    summary: 'Keep a new passkey',
    access: 'person',
    body: z.strictObject({ name: PersonName, response: WebAuthn }),
    status: 204,
    answer: z.undefined(),
  },
  removePasskey: {
    method: 'DELETE',
    path: '/api/account/passkeys/:id',
    summary: 'Forget a passkey',
    access: 'person',
    params: z.strictObject({ id: z.string().min(1) }),
    status: 204,
    answer: z.undefined(),
  },
  endSession: {
    method: 'DELETE',
    path: '/api/account/sessions/:id',
    summary: 'Sign out in one browser',
    access: 'person',
    params: z.strictObject({ id: z.string().min(1) }),
    status: 204,
    answer: z.undefined(),
  },
  signOutElsewhere: {
    method: 'DELETE',
    path: '/api/account/sessions',
    summary: 'Sign out everywhere but here',
    access: 'person',
    status: 204,
    answer: z.undefined(),
  },
} as const
