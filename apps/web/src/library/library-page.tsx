import { may } from '@stet/schema/contract/people'
import { Button } from 'react-aria-components'
import { Link } from 'wouter'
import { InviteButton } from '../invite/invite-button.tsx'
import { Brand } from '../look/brand.tsx'
import { useServices } from '../react/services-context.ts'
import { useStands } from '../react/standing.tsx'
import { useFeed } from '../react/use-feed.ts'
import { useOnline } from '../react/use-online.ts'
import { DispatchList } from './dispatch-list.tsx'
import { newDispatchContent, newEssayContent } from './first-content.ts'
import { ImportButton, ImportDrop } from './import-file.tsx'
import { useNewDispatch } from './use-new-dispatch.ts'
import { useSendUnsent } from './use-send-unsent.ts'
import '../look/library.css'

const LibraryPage = () => {
  useStands()
  const { library, sessions, keepsCopies } = useServices()
  const session = useFeed(sessions.session)
  const shelf = useFeed(library.shelf)
  const reached = useFeed(library.reached)
  const isOnline = useOnline()
  const { make, fault, setFault } = useNewDispatch()
  useSendUnsent()
  if (session.state !== 'somebody') return null

  const { person, show, site, signedIn } = session
  const mayWrite = may(person, 'write')
  const importing = { onContent: (content: Parameters<typeof make>[0]) => void make(content), onFault: setFault }
  return (
    <div className="library">
      <title>{`${site.name} · Stet`}</title>
      <header className="bar">
        <Brand />
        <span className="crumb">{site.name}</span>
        <span className="bar-end">
          <Link href="/account" className="signed-in-as" aria-label={`${person.name}, your account`}>
            {person.name}
          </Link>
          {may(person, 'manage') ? <Link href="/people">People</Link> : null}
          {may(person, 'configure') ? <Link href="/show">Show</Link> : null}
          {may(person, 'manage') ? <InviteButton /> : null}
        </span>
      </header>
      <main>
        <div className="library-head">
          <h1>Dispatches</h1>
          {mayWrite ? (
            <div className="library-acts">
              <Button className="button go" onPress={() => void make(newDispatchContent(person, show))}>
                New dispatch
              </Button>
              <Button className="button" onPress={() => void make(newEssayContent(show))}>
                New essay
              </Button>
              <ImportButton {...importing} />
            </div>
          ) : null}
        </div>
        {keepsCopies ? null : (
          <p className="notice">
            This browser does not let the desk keep copies. Without a connection there is nothing to open here.
          </p>
        )}
        {signedIn ? null : (
          <p className="notice">
            You are signed out. What you write is kept on this device; <Link href="/sign-in">sign in</Link> to go on with the
            others.
          </p>
        )}
        {!isOnline || reached === false ? (
          <p className="notice quiet">
            Not connected: this is the list as this device knows it. You can write and make new ones all the same.
          </p>
        ) : null}
        {fault === null ? null : (
          <p className="notice bad" role="alert">
            {fault} <span className="notice-rest">Nothing was imported or made.</span>
          </p>
        )}
        <ImportDrop {...importing}>
          {shelf.length === 0 && reached !== null ? (
            <p className="empty">Nothing here yet. Begin a dispatch, or drop a text file.</p>
          ) : null}
          <DispatchList shelf={shelf} />
        </ImportDrop>
      </main>
    </div>
  )
}

export default LibraryPage
