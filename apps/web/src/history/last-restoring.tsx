import { useState } from 'react'
import { Button } from 'react-aria-components'
import { writtenKeys } from '../commands/keys.ts'
import { UNDO_KEYS } from '../removed/removed-keys.ts'
import type { Restoring } from './use-restoring.ts'

/** One line about what was just restored, and the way back. It goes with the next act. */
export const LastRestoring = ({ restoring: { last, undo } }: { restoring: Restoring }) => {
  const [dismissed, setDismissed] = useState<string | null>(null)
  if (last === null && dismissed !== null) setDismissed(null)
  return (
    <div role="status" className="last-removal">
      {last === null || last === dismissed ? null : (
        <div className="last-removal-line">
          {last}
          <Button className="link-button" onPress={undo}>
            Undo <kbd>{writtenKeys(UNDO_KEYS, navigator.platform)}</kbd>
          </Button>
          <Button className="button small quiet icon" aria-label="Close" onPress={() => setDismissed(last)}>
            <span aria-hidden="true">×</span>
          </Button>
        </div>
      )}
    </div>
  )
}
