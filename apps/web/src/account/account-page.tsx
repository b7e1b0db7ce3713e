import { Link } from 'wouter'
import { useAsked } from '../history/use-asked.ts'
import { Brand } from '../look/brand.tsx'
import { useServices } from '../react/services-context.ts'
import { useStands } from '../react/standing.tsx'
import { useFeed } from '../react/use-feed.ts'
import { IdentityList } from './identity-list.tsx'
import { LeaveDevice } from './leave-device.tsx'
import { NameAndColour } from './name-and-colour.tsx'
import { PasskeyList } from './passkey-list.tsx'
import { PasswordForm } from './password-form.tsx'
import { SessionList } from './session-list.tsx'
import '../look/people.css'
import '../look/dialog.css'

/** What is one's own: how the others see one, the ways in, and where one is signed in. */
const AccountPage = () => {
  useStands()
  const { api, sessions } = useServices()
  const session = useFeed(sessions.session)
  const [asked, again] = useAsked('account', () => api('getAccount'))
  if (session.state !== 'somebody') return null
  return (
    <div className="managed">
      <title>{`Your account · ${session.site.name}`}</title>
      <header className="bar">
        <Link href="/" className="home" aria-label="stet, all dispatches">
          <Brand />
        </Link>
        <span className="crumb">{session.site.name}</span>
      </header>
      <main>
        <h1>Your account</h1>
        {asked.state === 'failed' ? (
          <p className="notice quiet" role="status">
            {asked.isUnreachable ? 'Your account is kept by the server, and this device is not connected to it.' : asked.why}
          </p>
        ) : null}
        {asked.state === 'here' ? (
          <>
            <NameAndColour key={asked.value.person.name} person={asked.value.person} />
            <PasskeyList passkeys={asked.value.passkeys} again={again} />
            <PasswordForm
              key={String(asked.value.signInName)}
              name={asked.value.person.name}
              signInName={asked.value.signInName}
              again={again}
            />
            <IdentityList />
            <SessionList sessions={asked.value.sessions} again={again} />
          </>
        ) : null}
        <LeaveDevice />
      </main>
    </div>
  )
}

export default AccountPage
