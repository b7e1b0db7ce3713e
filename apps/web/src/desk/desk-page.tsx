import type { Person } from '@stet/schema/contract/people'
import { DispatchId } from '@stet/schema/ids'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { NotHere } from './not-here.tsx'
import { OpenDesk } from './open-desk.tsx'
import { useReplica } from './use-replica.ts'
import '../look/desk.css'
import '../look/script.css'
import '../look/menus.css'
import '../look/find.css'
import '../look/fields.css'
import '../look/panels.css'
import '../look/times.css'
import '../look/removed.css'
import '../look/away.css'
import '../look/dialog.css'
import '../look/review.css'

const DeskPage = ({ id }: { id: string }) => {
  const session = useFeed(useServices().sessions.session)
  if (session.state !== 'somebody') return null
  if (!DispatchId.safeParse(id).success) return <NotHere because="no such address" />
  return <DeskOf id={id} person={session.person} />
}

const DeskOf = ({ id, person }: { id: string; person: Person }) => {
  const replica = useReplica(id, person)
  return replica === null ? <p className="page-wait">Opening…</p> : <OpenDesk replica={replica} person={person} />
}

export default DeskPage
