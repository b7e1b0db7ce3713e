import type { Outcome } from '@stet/schema/contract/client'
import { type FormEvent, useState } from 'react'
import { Button, FieldError, Input, Label, TextField } from 'react-aria-components'
import { useLocation } from 'wouter'
import { Brand } from '../look/brand.tsx'
import { useServices } from '../react/services-context.ts'
import { useStands } from '../react/standing.tsx'
import '../look/sign-in.css'

/** Where a one-use link leads: `/desk/sign-in#<code>`. The code stands behind the hash, so no server log ever holds it. */
const SignInPage = () => {
  useStands()
  const { sessions } = useServices()
  const [, navigate] = useLocation()
  const [name, setName] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const code = location.hash.slice(1)

  const signIn = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await sessions.signIn(code, name.trim())
    setBusy(false)
    if (answer.ok) navigate('/', { replace: true })
    else setFault(explain(answer))
  }
  return (
    <main className="plain-page">
      <Brand />
      <h1>Come to the desk</h1>
      {code === '' ? (
        <p>This page needs a sign-in link. Ask someone at the desk to send you one, and open it whole.</p>
      ) : (
        <form onSubmit={signIn}>
          <TextField className="labelled" value={name} onChange={setName} isRequired maxLength={60} autoComplete="name" autoFocus>
            <Label>Your name</Label>
            <Input className="input" />
            <FieldError className="fault" />
          </TextField>
          <p className="hint">The others see it beside your caret.</p>
          {fault === null ? null : (
            <p className="fault" role="alert">
              {fault}
            </p>
          )}
          <Button type="submit" className="button go" isDisabled={isBusy || name.trim() === ''}>
            Sign in
          </Button>
        </form>
      )}
    </main>
  )
}

const explain = (answer: Exclude<Outcome<unknown>, { ok: true }>): string => {
  if (answer.fault === 'unreachable')
    return 'The server cannot be reached. The link stays good: try again when you are connected.'
  if (answer.fault === 'unreadable') return `The server gave an answer that cannot be read: ${answer.message}`
  const { status, detail, title } = answer.problem
  if (status === 401 || status === 403 || status === 404 || status === 410)
    return 'This link has been used or is too old. Each link works once: ask for a new one.'
  return detail ?? title
}

export default SignInPage
