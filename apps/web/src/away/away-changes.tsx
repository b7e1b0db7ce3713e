import { restoreBlock } from '@stet/schema/layout/restore'
import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import type { Place } from '../desk/place.ts'
import { DiffView } from '../history/diff-view.tsx'
import { sinceOf } from '../history/history-words.ts'
import { useRestoreFrom } from '../history/use-restore-from.ts'
import type { Restoring } from '../history/use-restoring.ts'
import type { Away } from './use-away.ts'

type Props = {
  readonly away: Away
  readonly now: Date
  readonly restoring: Restoring
  readonly jump: (place: Place) => void
  readonly onBack: () => void
}

/** What others did while one was away, by turn. */
export const AwayChanges = ({ away, now, restoring, jump, onBack }: Props) => {
  const { replica, readOnly } = useDesk()
  const { fault, restoreFrom } = useRestoreFrom(restoring)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => void heading.current?.focus(), [])
  const restore = (block: string) =>
    void restoreFrom(away.diff.from, 'Turn restored.', (snapshot, signature) => {
      restoreBlock(replica.dispatch, snapshot, block, signature)
    })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape goes back from anywhere in it
    <div onKeyDown={(event) => (event.key === 'Escape' && !event.defaultPrevented ? onBack() : undefined)}>
      <div className="opened-head">
        <Button className="link-button" onPress={onBack}>
          <span aria-hidden="true">← </span>All sessions
        </Button>
        <h3 ref={heading} tabIndex={-1}>
          While you were away
        </h3>
        <p className="session-facts">Since {sinceOf(away.since, now)}</p>
        <p role="status" className="fault">
          {fault}
        </p>
      </div>
      <DiffView diff={away.diff} author={null} jump={jump} onRestore={readOnly === null ? restore : null} />
    </div>
  )
}
