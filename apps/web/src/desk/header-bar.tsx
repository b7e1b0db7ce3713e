import { may, type Person } from '@stet/schema/contract/people'
import { Link } from 'wouter'
import { InviteButton } from '../invite/invite-button.tsx'
import { numberOf } from '../library/listing-name.ts'
import { Brand } from '../look/brand.tsx'
import { PublishButton } from '../publish/publish-button.tsx'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { useDesk } from './desk-context.ts'
import { HereNow } from './here-now.tsx'
import type { Place } from './place.ts'
import { SyncStatus } from './sync-status.tsx'
import { useSnapshot } from './use-snapshot.ts'

export const HeaderBar = ({ person, jump }: { person: Person; jump: (place: Place) => void }) => {
  const { replica } = useDesk()
  const { sessions, library } = useServices()
  const session = useFeed(sessions.session)
  const revision = useFeed(library.shelf).find(({ id }) => id === replica.id)?.revision ?? null
  const snapshot = useSnapshot()
  const name = snapshot === null ? '' : snapshot.kind === 'essay' ? 'Essay' : `Dispatch ${numberOf(snapshot)}`.trim()
  const show = session.state === 'somebody' ? session.site.name : ''
  return (
    <header className="bar">
      <title>{`${snapshot?.title.trim() || 'Untitled'} · ${show}`}</title>
      <Link href="/" className="home" aria-label="stet, all dispatches">
        <Brand />
      </Link>
      <span className="crumb">
        {show} / <b>{name}</b> · {revision === null ? 'draft' : `revision ${revision} published`}
      </span>
      <span className="bar-end">
        <SyncStatus />
        <HereNow />
        {may(person.role, 'invite') ? <InviteButton /> : null}
        {may(person.role, 'publish') ? <PublishButton jump={jump} /> : null}
      </span>
    </header>
  )
}
