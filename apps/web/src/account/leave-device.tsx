import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'

/** Signing out takes along all that this browser has of the person; what has not gone up is asked about first. */
export const LeaveDevice = () => {
  const { sessions, library } = useServices()
  const notSent = useFeed(library.shelf).filter((each) => each.notSent).length
  const [isSure, setSure] = useState(false)
  const [said, setSaid] = useState('')
  const leave = async () => {
    if (notSent > 0 && !isSure) return setSure(true)
    if (!(await sessions.leave()))
      setSaid('The server cannot be reached, so your session there would stay open. Sign out when you are connected.')
  }
  return (
    <section aria-labelledby="leave">
      <h2 id="leave">Sign out</h2>
      <p>Signing out also forgets this device: no dispatch and no name of yours stays in this browser.</p>
      {isSure ? (
        <p className="notice bad" role="alert">
          {notSent === 1 ? 'One dispatch has' : `${notSent} dispatches have`} changes that are on this device alone. They would be
          lost. Open {notSent === 1 ? 'it' : 'them'} while you are connected, or export {notSent === 1 ? 'it' : 'them'} first.
        </p>
      ) : null}
      <div className="managed-acts">
        <Button className="button" onPress={() => void leave()}>
          {isSure ? 'Sign out and lose them' : 'Sign out of this device'}
        </Button>
        {isSure ? (
          <Button className="button quiet" onPress={() => setSure(false)}>
            Stay
          </Button>
        ) : null}
      </div>
      <p role="status" className="fault">
        {said}
      </p>
    </section>
  )
}
