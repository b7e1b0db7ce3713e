import { formatProblem } from '@stet/schema/finding'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { ChangedAfterRemoval } from '../removed/changed-after-removal.tsx'
import type { RemovalActs } from '../removed/removal-acts.ts'
import { useDesk } from './desk-context.ts'
import { PutAside } from './put-aside.tsx'
import { useSnapshotOutcome } from './use-snapshot.ts'

type Props = { readonly removal: RemovalActs; readonly onShowRemoved: () => void }

/** What everyone at this desk has to know before they write. Most days there is nothing. */
export const Notices = ({ removal, onShowRemoved }: Props) => {
  const { replica, readOnly } = useDesk()
  const { keepsCopies } = useServices()
  const outcome = useSnapshotOutcome()
  const status = useFeed(replica.status)
  const [knowsOfDamage, setKnowsOfDamage] = useState(false)
  return (
    <>
      <PutAside />
      {readOnly === null || readOnly === '' ? null : (
        <p className="notice quiet" role="note" aria-label="Read only">
          {readOnly}
        </p>
      )}
      {status.state === 'signed out' || status.state === 'refused' || status.state === 'not saved' ? (
        <p className="notice bad" role="alert">
          {status.detail}
        </p>
      ) : null}
      {keepsCopies ? null : <p className="notice">This browser keeps no copies: what you write is safe once it says “Synced”.</p>}
      {replica.damagedRows > 0 && !knowsOfDamage ? (
        <p className="notice bad" role="alert">
          {replica.damagedRows === 1 ? 'One part' : `${replica.damagedRows} parts`} of this device’s copy could not be read and{' '}
          {replica.damagedRows === 1 ? 'was' : 'were'} left out. What the server has comes back by itself.{' '}
          <Button className="link-button" onPress={() => setKnowsOfDamage(true)}>
            Understood
          </Button>
        </p>
      ) : null}
      {outcome === null || outcome.ok || readOnly !== null ? null : (
        <p className="notice">
          {outcome.problems
            .slice(0, 3)
            .map((problem) => formatProblem(problem))
            .join(' · ')}
        </p>
      )}
      <ChangedAfterRemoval acts={removal} onShowAll={onShowRemoved} />
    </>
  )
}
