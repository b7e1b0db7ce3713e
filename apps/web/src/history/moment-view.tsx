import type { Block, Snapshot } from '@stet/schema/snapshot'
import { formatShortClock } from '@stet/schema/timeline'
import { useId, useMemo } from 'react'
import { Button } from 'react-aria-components'
import { useSnapshot } from '../desk/use-snapshot.ts'

type Props = {
  readonly snapshot: Snapshot
  /** Null where nothing may be written. */
  readonly onRestore: ((block: string) => void) | null
}

/** The whole script as it stood. What stands otherwise by now is marked, and can be restored turn by turn. */
export const MomentView = ({ snapshot, onRestore }: Props) => {
  const now = useSnapshot()
  const present = useMemo(() => new Map(now?.body.map((block) => [block.id, JSON.stringify(block)])), [now])
  return (
    <div className="as-it-stood" lang={snapshot.language}>
      <h4 className="as-it-stood-title">{snapshot.title || 'Untitled'}</h4>
      {snapshot.summary === '' ? null : <p className="as-it-stood-summary">{snapshot.summary}</p>}
      {snapshot.body.length === 0 ? <p className="empty">The script was empty.</p> : null}
      {snapshot.body.map((block) => (
        <Stood
          key={block.id}
          block={block}
          snapshot={snapshot}
          isOtherwise={present.get(block.id) !== JSON.stringify(block)}
          isGone={!present.has(block.id)}
          onRestore={onRestore}
        />
      ))}
    </div>
  )
}

type StoodProps = Props & { readonly block: Block; readonly isOtherwise: boolean; readonly isGone: boolean }

const Stood = ({ block, snapshot, isOtherwise, isGone, onRestore }: StoodProps) => {
  const id = useId()
  const speaker = block.kind === 'turn' ? snapshot.speakers.find(({ id: each }) => each === block.speaker) : undefined
  const start = 'start' in block && block.start !== null ? formatShortClock(block.start) : null
  return (
    <article className="stood" data-kind={block.kind} data-otherwise={isOtherwise} aria-labelledby={id}>
      <h5 id={id} data-color={speaker?.color}>
        {block.kind === 'turn' ? speaker?.name || 'no speaker' : block.kind}
        {start === null ? null : <span className="stood-start"> {start}</span>}
      </h5>
      <p dir="auto">
        {block.content.map((inline, nth) =>
          inline.type === 'text' ? (
            inline.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: what stood then does not change
            <span key={nth} className="stood-cue">
              [{inline.cue}]
            </span>
          ),
        )}
      </p>
      {isOtherwise ? (
        <div className="history-acts">
          <span className="history-note">{isGone ? 'not in the script now' : 'otherwise by now'}</span>
          {onRestore === null ? null : (
            <Button className="button small" aria-describedby={id} onPress={() => onRestore(block.id)}>
              Restore this {block.kind}
            </Button>
          )}
        </div>
      ) : null}
    </article>
  )
}
