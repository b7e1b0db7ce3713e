import { PASSWORD_LENGTH } from '@stet/schema/contract/account-routes'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useServices } from '../react/services-context.ts'
import { Field } from '../sign-in/field.tsx'
import { Said } from './said.tsx'
import { useAct } from './use-act.ts'

type Props = { readonly name: string; readonly signInName: string | null; readonly again: () => void }

export const PasswordForm = ({ name, signInName, again }: Props) => {
  const { api } = useServices()
  const [asName, setAsName] = useState(signInName ?? name)
  const [present, setPresent] = useState('')
  const [password, setPassword] = useState('')
  const act = useAct(again)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const body = { signInName: asName.trim(), password, ...(signInName === null ? {} : { present }) }
    const isDone = await act.run(
      () => api('setPassword', { body }),
      signInName === null ? 'You can sign in with it.' : 'It is changed, and you are signed out everywhere else.',
    )
    if (!isDone) return
    setPresent('')
    setPassword('')
  }
  return (
    <section aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form onSubmit={save}>
        <Field label="Sign in as" value={asName} onChange={setAsName} isRequired maxLength={60} autoComplete="username" />
        {signInName === null ? null : (
          <Field
            label="Present password"
            type="password"
            value={present}
            onChange={setPresent}
            isRequired
            autoComplete="current-password"
          />
        )}
        <Field
          label="New password"
          type="password"
          value={password}
          onChange={setPassword}
          isRequired
          minLength={PASSWORD_LENGTH.min}
          maxLength={PASSWORD_LENGTH.max}
          autoComplete="new-password"
        />
        <p className="hint">At least {PASSWORD_LENGTH.min} characters; a few words will do.</p>
        <Button type="submit" className="button" isDisabled={act.isBusy}>
          {signInName === null ? 'Set a password' : 'Change the password'}
        </Button>
        <Said act={act} />
      </form>
    </section>
  )
}
