import { PASSWORD_LENGTH } from '@stet/schema/contract/account-routes'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { whyNot } from '../account/answer-words.ts'
import { useServices } from '../react/services-context.ts'
import { ByProvider } from './by-provider.tsx'
import { Field } from './field.tsx'

/** For whoever comes for the first time. */
export const ComeByLink = ({ code }: { readonly code: string }) => {
  const { api, sessions } = useServices()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  const signIn = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await api('signIn', { body: { code, name: name.trim(), ...(password === '' ? {} : { password }) } })
    setBusy(false)
    if (answer.ok) await sessions.come()
    else if (answer.fault === 'unreachable')
      setFault('The server cannot be reached. The link stays good: try again when you are connected.')
    else if (answer.fault === 'refused' && answer.problem.status === 403)
      setFault('This link has been used or is too old. Ask for a new one.')
    else setFault(whyNot(answer))
  }
  return (
    <form onSubmit={signIn}>
      <Field label="Your name" value={name} onChange={setName} isRequired maxLength={60} autoComplete="username" autoFocus />
      <p className="hint">The others see it beside your caret.</p>
      <Field
        label="Password, if you want one"
        type="password"
        value={password}
        onChange={setPassword}
        minLength={PASSWORD_LENGTH.min}
        maxLength={PASSWORD_LENGTH.max}
        autoComplete="new-password"
      />
      <p className="hint">
        At least {PASSWORD_LENGTH.min} characters. With it you come back on any device. A passkey will do as well: you can add one
        at the desk, under your name.
      </p>
      {fault === null ? null : (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" className="button go" isDisabled={isBusy || name.trim() === ''}>
        Sign in
      </Button>
      <ByProvider
        label={(provider) => `Sign in with ${provider}`}
        isDisabled={isBusy || name.trim() === ''}
        begin={() => api('beginSignIn', { body: { invitation: { code, name: name.trim() } } })}
      />
    </form>
  )
}
