import { may, type Person } from '@stet/schema/contract/people'
import { Link } from 'wouter'
import { InviteButton } from '../invite/invite-button.tsx'
import { numberOf, titleOf } from '../library/listing-name.ts'
import { Brand } from '../look/brand.tsx'
import { PublishButton } from '../publish/publish-button.tsx'
import { later } from '../react/later.tsx'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { useObserved } from '../react/use-observed.ts'
import { useDesk } from './desk-context.ts'
import { HereNow } from './here-now.tsx'
import type { Place } from './place.ts'
import { SyncStatus } from './sync-status.tsx'

const StatusButton = later(async () => (await import('../review/status-button.tsx')).StatusButton)

export const HeaderBar = ({ person, jump }: { person: Person; jump: (place: Place) => void }) => {
  const { replica } = useDesk()
  const { sessions, library } = useServices()
  const session = useFeed(sessions.session)
  const revision = useFeed(library.shelf).find(({ id }) => id === replica.id)?.revision ?? null
  const { meta, text } = replica.dispatch
  useObserved(meta)
  useObserved(text('title'))
  const number = meta.get('number')
  const name =
    meta.get('kind') === 'essay' ? 'Essay' : `Dispatch ${typeof number === 'number' ? numberOf({ number }) : ''}`.trim()
  const show = session.state === 'somebody' ? session.site.name : ''
  return (
    <header className="bar">
      <title>{`${titleOf({ title: text('title').toString() })} · ${show}`}</title>
      <Link href="/" className="home" aria-label="stet, all dispatches">
        <Brand />
      </Link>
      <span className="crumb">
        {show} / <b>{name}</b>
        {revision === null ? null : ` · revision ${revision} published`}
      </span>
      <StatusButton person={person} />
      <span className="bar-end">
        <SyncStatus />
        <HereNow />
        {may(person, 'manage') ? <InviteButton /> : null}
        {may(person, 'publish') ? <PublishButton jump={jump} shown={revision} /> : null}
      </span>
    </header>
  )
}
