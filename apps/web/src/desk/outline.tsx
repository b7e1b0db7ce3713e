import type { ScriptEditor } from '@stet/editor/script-editor'
import type { Timeline } from '@stet/schema/lay-timeline'
import { type Snapshot, spokenText } from '@stet/schema/snapshot'
import { formatShortClock } from '@stet/schema/timeline'
import { Button } from 'react-aria-components'
import { DispatchList } from '../library/dispatch-list.tsx'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { useTimes } from '../times/use-times.ts'
import { useDesk } from './desk-context.ts'
import type { Place } from './place.ts'
import { useSnapshot } from './use-snapshot.ts'

const NEIGHBOURS = 6

/** The chapters (an essay's headings) of the open dispatch, and the way to the others. */
export const Outline = ({ jump, editor }: { jump: (place: Place) => void; editor: ScriptEditor | null }) => {
  const { replica } = useDesk()
  const shelf = useFeed(useServices().library.shelf)
  const snapshot = useSnapshot()
  const timeline = useTimes(editor)?.timeline ?? null
  const entries = snapshot === null ? [] : outlineOf(snapshot, timeline)
  return (
    <div className="outline">
      <nav aria-label="Outline">
        <h2>{snapshot?.kind === 'essay' ? 'Headings' : 'Chapters'}</h2>
        {entries.length === 0 ? <p className="empty">None yet.</p> : null}
        <ol>
          {entries.map(({ id, time, title, level }) => (
            <li key={id} data-level={level}>
              <Button className="outline-entry" onPress={() => jump({ in: 'script', block: id })}>
                {time === null ? null : <span className="outline-time">{time}</span>} <span>{title}</span>
              </Button>
            </li>
          ))}
        </ol>
      </nav>
      <h2>Dispatches</h2>
      <DispatchList shelf={shelf.slice(0, NEIGHBOURS)} current={replica.id} isBrief />
    </div>
  )
}

const outlineOf = ({ body }: Snapshot, timeline: Timeline | null) =>
  body.flatMap((block) => {
    if (block.kind !== 'chapter' && block.kind !== 'heading') return []
    const timing = timeline?.get(block.id)
    return [
      {
        id: block.id,
        time: timing === undefined ? null : formatShortClock(timing.start),
        title: spokenText(block.content).trim() || 'Untitled',
        level: block.kind === 'heading' ? block.level : 2,
      },
    ]
  })
