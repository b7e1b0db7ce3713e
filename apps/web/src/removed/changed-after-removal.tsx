import { useDesk } from '../desk/desk-context.ts'
import { later } from '../react/later.tsx'
import { useFeed } from '../react/use-feed.ts'
import type { RemovalActs } from './removal-acts.ts'

const ChangedNotice = later(async () => (await import('./changed-notice.tsx')).ChangedNotice)

type Props = { readonly acts: RemovalActs; readonly onShowAll: () => void }

/** Someone wrote into a turn that someone removed: everyone is told, with the words, until one of them answers. */
export const ChangedAfterRemoval = ({ acts, onShowAll }: Props) => {
  const { replica } = useDesk()
  const [first, ...others] = useFeed(replica.removals.list).filter(({ isChanged }) => isChanged)
  return (
    <div role="status" className="changed-after-removal">
      {first === undefined ? null : <ChangedNotice block={first} others={others.length} acts={acts} onShowAll={onShowAll} />}
    </div>
  )
}
