import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { ApiClient, Outcome } from '@stet/schema/contract/client'
import { whyNot } from './answer-words.ts'

type Options<F extends (...args: never[]) => unknown> = Parameters<F>[0] extends { optionsJSON: infer O } ? O : never

/** Passkeys belong to a name, never to a bare address, and need a page that nobody can listen to. */
export const canUsePasskeys = (): boolean =>
  globalThis.PublicKeyCredential !== undefined && isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname)

/** Null: done. Otherwise what is to be said; the empty text where the person has left it. */
export const signInWithPasskey = async (api: ApiClient): Promise<string | null> => {
  const asked = await api('askForPasskey')
  if (!asked.ok) return whyNot(asked)
  return answered(
    () => startAuthentication({ optionsJSON: asked.value as unknown as Options<typeof startAuthentication> }),
    (response) => api('signInWithPasskey', { body: { response: { ...response } } }),
  )
}

export const addPasskey = async (api: ApiClient, name: string): Promise<string | null> => {
  const asked = await api('askForNewPasskey')
  if (!asked.ok) return whyNot(asked)
  return answered(
    () => startRegistration({ optionsJSON: asked.value as unknown as Options<typeof startRegistration> }),
    (response) => api('addPasskey', { body: { name, response: { ...response } } }),
  )
}

const answered = async <T>(ask: () => Promise<T>, send: (answer: T) => Promise<Outcome<unknown>>): Promise<string | null> => {
  let answer: T
  try {
    answer = await ask()
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'NotAllowedError' || name === 'AbortError') return 'No passkey was used.'
    if (name === 'InvalidStateError') return 'This device has a passkey for you already.'
    return 'This browser could not use a passkey.'
  }
  const outcome = await send(answer)
  return outcome.ok ? null : whyNot(outcome)
}
