import { may } from '@stet/schema/contract/people'
import type { Show } from '@stet/schema/show'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { Brand } from '../look/brand.tsx'
import { useServices } from '../react/services-context.ts'
import { useStands } from '../react/standing.tsx'
import { useFeed } from '../react/use-feed.ts'
import { ArtworkSection } from './artwork-section.tsx'
import { ShowForm } from './show-form.tsx'
import '../look/show.css'

type Stored = { readonly show: Show; readonly number: number }

/** Where the owner says what holds for every dispatch, and what readers are told of the show. */
const ShowPage = () => {
  useStands()
  const { api, sessions } = useServices()
  const session = useFeed(sessions.session)
  const [stored, setStored] = useState<Stored | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  useEffect(() => {
    let isHere = true
    void api('getShow').then((answer) => {
      if (!isHere) return
      if (answer.ok) setStored(answer.value)
      setFault(answer.ok ? null : UNREACHED)
    })
    return () => {
      isHere = false
    }
  }, [api])
  if (session.state !== 'somebody') return null

  const mayChange = may(session.person, 'configure')
  /** Answers what went wrong; null: it is saved. */
  const save = async (show: Show): Promise<string | null> => {
    if (stored === null) return UNREACHED
    const answer = await api('changeShow', { body: { show, seen: stored.number } })
    if (!answer.ok) return answer.fault === 'refused' ? answer.problem.title : UNREACHED
    setStored(answer.value)
    await sessions.refresh()
    return null
  }
  return (
    <div className="show">
      <title>{`The show · ${session.site.name} · Stet`}</title>
      <header className="bar">
        <Brand />
        <span className="crumb">
          <Link href="/">All dispatches</Link>
        </span>
      </header>
      <main>
        <h1>The show</h1>
        <p className="hint">
          What holds for every dispatch, and what readers are told. Its address, {session.site.url}, is the server’s own
          (STET_URL).
        </p>
        {mayChange ? (
          <p className="hint">
            <Link href="/webhooks">Webhooks</Link> tell other machines of what is published.
          </p>
        ) : null}
        {fault === null ? null : (
          <p className="notice bad" role="alert">
            {fault}
          </p>
        )}
        {stored === null ? (
          fault === null ? (
            <p className="empty">Asking…</p>
          ) : null
        ) : (
          <>
            <ArtworkSection isReadOnly={!mayChange} />
            <ShowForm key={stored.number} show={stored.show} isReadOnly={!mayChange} onSave={save} />
          </>
        )}
      </main>
    </div>
  )
}

const UNREACHED = 'The server does not answer. What is typed here stays; save it once there is a connection.'

export default ShowPage
