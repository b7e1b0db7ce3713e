import type { RemovedBlock } from '@stet/schema/layout/removed-blocks'
import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import type { RemovalActs } from './removal-acts.ts'
import { whatWasRemoved } from './removal-words.ts'
import { Words } from './removed-panel.tsx'
import { useNameOf } from './use-name-of.ts'

type Props = {
  readonly block: RemovedBlock
  /** How many more wait for an answer. */
  readonly others: number
  readonly acts: RemovalActs
  readonly onShowAll: () => void
}

export const ChangedNotice = ({ block, others, acts, onShowAll }: Props) => {
  const { readOnly } = useDesk()
  const nameOf = useNameOf()
  return (
    <div className="notice">
      <p>
        {block.by === ''
          ? `Words were written into ${whatWasRemoved(block, nameOf)} whose insertion was taken back.`
          : `${block.by} removed ${whatWasRemoved(block, nameOf)}, and its words were changed meanwhile.`}{' '}
        At stake:
      </p>
      <Words key={block.id} words={block.words} />
      <div className="removed-acts">
        {readOnly === null ? (
          <>
            <Button className="button small" onPress={() => acts.putBack(block.id)}>
              Put back
            </Button>
            <Button className="button small" onPress={() => acts.leaveRemoved(block.id)}>
              Leave removed
            </Button>
          </>
        ) : null}
        {others === 0 ? null : (
          <Button className="link-button" onPress={onShowAll}>
            {others === 1 ? 'One more' : `${others} more`}
          </Button>
        )}
      </div>
    </div>
  )
}
