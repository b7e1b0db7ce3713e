import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { useFeed } from '../react/use-feed.ts'
import type { RemovalActs } from './removal-acts.ts'
import { whatWasRemoved } from './removal-words.ts'
import { Words } from './removed-panel.tsx'
import { useNameOf } from './use-name-of.ts'

type Props = { readonly acts: RemovalActs; readonly onShowAll: () => void }

/** Someone wrote into a turn that someone removed: everyone is told, with the words, until one of them answers. */
export const ChangedAfterRemoval = ({ acts, onShowAll }: Props) => {
  const { replica, readOnly } = useDesk()
  const nameOf = useNameOf()
  const [first, ...others] = useFeed(replica.removals.list).filter(({ isChanged }) => isChanged)
  return (
    <div role="status" className="changed-after-removal">
      {first === undefined ? null : (
        <div className="notice">
          <p>
            {first.by === ''
              ? `Words were written into ${whatWasRemoved(first, nameOf)} whose insertion was taken back.`
              : `${first.by} removed ${whatWasRemoved(first, nameOf)}, and its words were changed meanwhile.`}{' '}
            At stake:
          </p>
          <Words key={first.id} words={first.words} />
          <div className="removed-acts">
            {readOnly === null ? (
              <>
                <Button className="button small" onPress={() => acts.putBack(first.id)}>
                  Put back
                </Button>
                <Button className="button small" onPress={() => acts.leaveRemoved(first.id)}>
                  Leave removed
                </Button>
              </>
            ) : null}
            {others.length === 0 ? null : (
              <Button className="link-button" onPress={onShowAll}>
                {others.length === 1 ? 'One more' : `${others.length} more`}
              </Button>
            )}
          </div>
        </div>
      )}
    </div>
  )
}
