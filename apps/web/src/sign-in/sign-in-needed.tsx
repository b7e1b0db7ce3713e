import { Button } from 'react-aria-components'
import { Link } from 'wouter'
import { Brand } from '../look/brand.tsx'
import { useServices } from '../react/services-context.ts'
import { useStands } from '../react/standing.tsx'
import '../look/sign-in.css'

/** Nobody is known on this device: the server said so, or it cannot be asked. */
const SignInNeeded = ({ because }: { because: 'signed out' | 'unreachable' }) => {
  const { sessions } = useServices()
  useStands()
  return (
    <main className="plain-page">
      <Brand />
      {because === 'signed out' ? (
        <>
          <h1>You are not signed in</h1>
          <p>
            <Link href={`/sign-in?${new URLSearchParams({ return: location.pathname })}`}>Sign in</Link> if you have been here
            before, or open the link that you were sent. The owner’s first link is printed where the server was started; later
            ones are made at the desk, with “Invite”.
          </p>
        </>
      ) : (
        <>
          <h1>The server cannot be reached</h1>
          <p>Nobody has signed in on this device yet, so there is nothing to open without it.</p>
        </>
      )}
      <Button className="button" onPress={() => void sessions.refresh()}>
        Try again
      </Button>
    </main>
  )
}

export default SignInNeeded
