import { useState } from 'react'
import { Button } from 'react-aria-components'
import { writtenKeys } from '../commands/keys.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useFeed } from '../react/use-feed.ts'
import type { RemovalAct } from '../replica/removals.ts'
import type { RemovalActs } from './removal-acts.ts'
import { UNDO_KEYS } from './removed-keys.ts'

type Props = {
  readonly acts: RemovalActs
  /** Something larger was done, and says so itself. */
  readonly isCovered: boolean
}

/** One line about the removal (or the return) just made, and the way back. It goes with the next act. */
export const LastRemoval = ({ acts, isCovered }: Props) => {
  const { replica, readOnly } = useDesk()
  const act = useFeed(replica.removals.lastAct)
  const [dismissed, setDismissed] = useState<RemovalAct | null>(null)
  const isShown = act !== null && act !== dismissed && readOnly === null && !isCovered
  return (
    <div role="status" className="last-removal">
      {isShown ? (
        <div className="last-removal-line">
          {said(act)}
          <Button className="link-button" onPress={acts.undo}>
            Undo <kbd>{writtenKeys(UNDO_KEYS, navigator.platform)}</kbd>
          </Button>
          <Button className="button small quiet icon" aria-label="Close" onPress={() => setDismissed(act)}>
            <span aria-hidden="true">×</span>
          </Button>
        </div>
      ) : null}
    </div>
  )
}

const said = ({ did, blocks }: RemovalAct): string => {
  const [first] = blocks
  const kind = first?.kind ?? 'turn'
  const what = blocks.length === 1 ? kind.charAt(0).toUpperCase() + kind.slice(1) : `${blocks.length} blocks`
  return did === 'left removed' ? `${what} left removed.` : `${what} ${did}.`
}
