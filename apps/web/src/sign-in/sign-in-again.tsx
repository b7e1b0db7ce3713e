import { DeskPath } from '@stet/schema/contract/desk-path'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { whyNot } from '../account/answer-words.ts'
import { canUsePasskeys, signInWithPasskey } from '../account/passkey.ts'
import { useServices } from '../react/services-context.ts'
import { ByProvider } from './by-provider.tsx'
import { Field } from './field.tsx'

/** For whoever has been here before. */
export const SignInAgain = () => {
  const { api, sessions } = useServices()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  /** The page that was asked for. */
  const back = DeskPath.safeParse(new URLSearchParams(location.search).get('return')).data

  const come = async (way: () => Promise<string | null>) => {
    setBusy(true)
    const said = await way()
    setBusy(false)
    if (said === null) await sessions.come(back)
    else setFault(said)
  }
  const byPassword = (event: FormEvent) => {
    event.preventDefault()
    void come(async () => {
      const answer = await api('signInWithPassword', { body: { name, password } })
      return answer.ok ? null : whyNot(answer)
    })
  }
  return (
    <>
      {canUsePasskeys() ? (
        <Button className="button" isDisabled={isBusy} onPress={() => void come(() => signInWithPasskey(api))}>
          Use a passkey
        </Button>
      ) : null}
      <ByProvider
        label={(provider) => `Sign in with ${provider}`}
        begin={() => api('beginSignIn', { body: back === undefined ? {} : { return: back } })}
      />
      <form onSubmit={byPassword}>
        <Field label="Name" value={name} onChange={setName} isRequired maxLength={60} autoComplete="username" />
        <Field
          label="Password"
          type="password"
          value={password}
          onChange={setPassword}
          isRequired
          autoComplete="current-password"
        />
        {fault === null ? null : (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <Button type="submit" className="button go" isDisabled={isBusy || name.trim() === '' || password === ''}>
          Sign in
        </Button>
      </form>
      <p className="hint">Whoever comes for the first time needs a link from the owner. So does whoever has lost their way in.</p>
    </>
  )
}
