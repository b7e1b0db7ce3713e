import type { RemovedBlock } from '@stet/schema/layout/removed-blocks'
import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { writtenKeys } from '../commands/keys.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { useNow } from '../react/use-now.ts'
import type { RemovalActs } from './removal-acts.ts'
import { type NameOf, shortened, timeAgo, whatWasRemoved, whereItStood } from './removal-words.ts'
import { REMOVED_KEYS } from './removed-keys.ts'
import { useNameOf } from './use-name-of.ts'

const A_MINUTE = 60_000
/** Words beyond this many characters show on request. */
const BRIEF = 160

/** What was removed from the script, and the way back. */
export const RemovedPanel = ({ acts }: { acts: RemovalActs }) => {
  const { replica, readOnly } = useDesk()
  const removed = useFeed(replica.removals.list)
  const nameOf = useNameOf()
  const now = useNow(A_MINUTE)
  return (
    <section className="panel removed-turns" aria-label="Removed turns">
      <h2
        className="visually-hidden"
        data-place={removed.length === 0 || readOnly !== null ? 'removed' : undefined}
        tabIndex={-1}
      >
        Removed turns
      </h2>
      {removed.length === 0 ? <p className="empty">Nothing is removed. What you remove waits here and can be put back.</p> : null}
      <ol>
        {removed.map((block) => (
          <li key={block.id}>
            <RemovedTurn block={block} nameOf={nameOf} now={now} acts={acts} />
          </li>
        ))}
      </ol>
      <p className="hint removed-key">
        <kbd>{writtenKeys(REMOVED_KEYS, navigator.platform)}</kbd> brings you here from anywhere.
      </p>
    </section>
  )
}

type Props = { readonly block: RemovedBlock; readonly nameOf: NameOf; readonly now: Date; readonly acts: RemovalActs }

const RemovedTurn = ({ block, nameOf, now, acts }: Props) => {
  const { replica, readOnly } = useDesk()
  const headingId = useId()
  const speaker = block.speaker === null ? undefined : replica.dispatch.speakers.map.get(block.speaker)
  const at = new Date(block.at)
  const what = whatWasRemoved(block, nameOf)
  return (
    <article className="removed-turn" data-changed={block.isChanged} aria-labelledby={headingId}>
      <h3 id={headingId} data-color={block.kind === 'turn' ? speaker?.get('color') : undefined}>
        {what.charAt(0).toUpperCase() + what.slice(1)}
      </h3>
      <Words words={block.words} />
      <p className="removed-facts">
        {block.by === '' ? 'Its insertion was taken back' : `Removed by ${block.by}`}
        {Number.isNaN(at.getTime()) ? null : (
          <>
            {' · '}
            <time dateTime={block.at} title={at.toLocaleString()}>
              {timeAgo(at, now)}
            </time>
          </>
        )}
        <br />
        Stood {whereItStood(block, nameOf)}
      </p>
      {block.isChanged ? <p className="removed-changed">Its words were changed after the removal.</p> : null}
      {readOnly === null ? (
        <div className="removed-acts">
          <Button
            className="button small"
            aria-describedby={headingId}
            data-place="removed"
            onPress={() => acts.putBack(block.id)}
          >
            Put back
          </Button>
          {block.isChanged ? (
            <Button className="button small quiet" aria-describedby={headingId} onPress={() => acts.leaveRemoved(block.id)}>
              Leave removed
            </Button>
          ) : null}
        </div>
      ) : null}
    </article>
  )
}

/** The words at stake; long ones open on request. */
export const Words = ({ words }: { words: string }) => {
  const [isOpen, setOpen] = useState(false)
  const brief = shortened(words, BRIEF)
  const isLong = words.length > BRIEF
  return (
    <blockquote className="removed-words">
      {isLong && !isOpen ? brief : words}
      {isLong ? (
        <>
          {' '}
          <Button className="link-button" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {isOpen ? 'Fewer words' : 'All words'}
          </Button>
        </>
      ) : null}
    </blockquote>
  )
}
