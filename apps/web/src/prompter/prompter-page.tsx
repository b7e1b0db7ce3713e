import type { Person } from '@stet/schema/contract/people'
import { DispatchId } from '@stet/schema/ids'
import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { NotHere } from '../desk/not-here.tsx'
import { useReplica } from '../desk/use-replica.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import type { Replica } from '../replica/replica.ts'
import { PrompterStage } from './prompter-stage.tsx'
import { useFullScreen } from './use-full-screen.ts'
import '../look/fields.css'
import '../look/prompter.css'

/** An address of its own, so that it opens on a tablet beside the one who writes. */
const PrompterPage = ({ id }: { id: string }) => {
  const session = useFeed(useServices().sessions.session)
  if (session.state !== 'somebody') return null
  if (!DispatchId.safeParse(id).success) return <NotHere because="no such address" />
  return <PrompterOf id={id} person={session.person} />
}

const PrompterOf = ({ id, person }: { id: string; person: Person }) => {
  const replica = useReplica(id, person)
  return replica === null ? <p className="page-wait">Opening…</p> : <OpenPrompter replica={replica} person={person} />
}

const OpenPrompter = ({ replica, person }: { replica: Replica; person: Person }) => {
  const hasContents = useFeed(replica.hasContents)
  const title = useFeed(replica.snapshot)
  const [, navigate] = useLocation()
  const leave = useCallback(() => navigate(`/dispatches/${replica.id}`), [navigate, replica])
  const toggleFullScreen = useFullScreen(leave)
  if (!hasContents) return <NotHere because="no copy" />
  return (
    <>
      <title>{`Prompter · ${(title.ok && title.snapshot.title.trim()) || 'Untitled'}`}</title>
      <PrompterStage replica={replica} person={person} toggleFullScreen={toggleFullScreen} onLeave={leave} />
    </>
  )
}

export default PrompterPage
