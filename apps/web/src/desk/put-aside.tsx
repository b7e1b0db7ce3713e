import { Button } from 'react-aria-components'
import { Link } from 'wouter'
import { useFeed } from '../react/use-feed.ts'
import { useDesk } from './desk-context.ts'

/** The server has another dispatch at this address now: where the words of the old one are, and how to get to the new one. */
export const PutAside = () => {
  const { replica } = useDesk()
  const putAside = useFeed(replica.putAside)
  if (putAside === null) return null
  return (
    <p className="notice bad" role="alert">
      This dispatch was made anew on the server, and is not the one that this device had.{' '}
      {putAside.keptAs === null ? (
        'What this device had of the old one stays on it, and can be read here until you leave this page.'
      ) : (
        <>
          Nothing was mixed: what stands here is kept as{' '}
          <Link href={`/dispatches/${putAside.keptAs}`}>a dispatch of its own, “Recovered: …”</Link>.
        </>
      )}{' '}
      <Button className="link-button" onPress={() => location.reload()}>
        Show what the server has
      </Button>
    </p>
  )
}
