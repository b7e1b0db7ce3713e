import { may } from '@stet/schema/contract/people'
import { Link } from 'wouter'
import { useAsked } from '../history/use-asked.ts'
import { InviteButton } from '../invite/invite-button.tsx'
import { Brand } from '../look/brand.tsx'
import { useServices } from '../react/services-context.ts'
import { useStands } from '../react/standing.tsx'
import { useFeed } from '../react/use-feed.ts'
import { AuditList } from './audit-list.tsx'
import { InvitationList } from './invitation-list.tsx'
import { PeopleList } from './people-list.tsx'
import { TokenList } from './token-list.tsx'
import '../look/people.css'
import '../look/dialog.css'

/** Who may come to the desk, and by what. */
const PeoplePage = () => {
  useStands()
  const { api, sessions } = useServices()
  const session = useFeed(sessions.session)
  const [people, againPeople] = useAsked('people', () => api('listPeople'))
  const [links, againLinks] = useAsked('links', () => api('listLinks'))
  const [tokens, againTokens] = useAsked('tokens', () => api('listTokens'))
  if (session.state !== 'somebody') return null
  const failed = [people, links, tokens].find((each) => each.state === 'failed')
  return (
    <div className="managed">
      <title>{`People · ${session.site.name}`}</title>
      <header className="bar">
        <Link href="/" className="home" aria-label="stet, all dispatches">
          <Brand />
        </Link>
        <span className="crumb">{session.site.name}</span>
        {may(session.person, 'manage') ? (
          <span className="bar-end">
            <InviteButton onClosed={againLinks} />
          </span>
        ) : null}
      </header>
      <main>
        <h1>People</h1>
        {failed?.state === 'failed' ? (
          <p className="notice quiet" role="status">
            {failed.isUnreachable ? 'The server keeps this list, and this device is not connected to it.' : failed.why}
          </p>
        ) : null}
        {people.state === 'here' ? (
          <PeopleList people={people.value.people} self={session.person.id} again={againPeople} />
        ) : null}
        {links.state === 'here' ? <InvitationList invitations={links.value.invitations} again={againLinks} /> : null}
        {tokens.state === 'here' ? <TokenList tokens={tokens.value.tokens} again={againTokens} /> : null}
        <AuditList />
      </main>
    </div>
  )
}

export default PeoplePage
