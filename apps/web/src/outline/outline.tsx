import type { ScriptEditor } from '@stet/editor/script-editor'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { Link } from 'wouter'
import { useDesk } from '../desk/desk-context.ts'
import type { Place } from '../desk/place.ts'
import { useSnapshot } from '../desk/use-snapshot.ts'
import { DispatchList } from '../library/dispatch-list.tsx'
import { enterFullScreen } from '../prompter/full-screen.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { useTimes } from '../times/use-times.ts'
import { entryOver, type OutlineEntry, outlineEntries } from './outline-entries.ts'
import { useBlockInView } from './use-block-in-view.ts'

const NEIGHBOURS = 6

type Props = { readonly editor: ScriptEditor | null; readonly jump: (place: Place) => void }

/** The chapters (an essay's headings) of the open dispatch, and the way to the others. */
export const Outline = ({ editor, jump }: Props) => {
  const { replica, isPainted } = useDesk()
  const shelf = useFeed(useServices().library.shelf)
  const snapshot = useSnapshot()
  const timeline = useTimes(editor)?.timeline ?? null
  const entries = useMemo(() => (snapshot === null ? [] : outlineEntries(snapshot, timeline)), [snapshot, timeline])
  const inView = useBlockInView(editor)
  const current = snapshot === null ? null : entryOver(snapshot, inView)
  // Whole or not at all: nothing in it moves when the chapters come.
  if (!isPainted) return <div className="outline" />
  return (
    <div className="outline">
      <nav aria-label="Outline">
        <h2>{snapshot?.kind === 'essay' ? 'Headings' : 'Chapters'}</h2>
        {entries.length === 0 ? <p className="empty">None yet.</p> : null}
        <ol>
          {entries.map((entry) => (
            <li key={entry.id} data-level={entry.level}>
              <Entry entry={entry} isCurrent={entry.id === current} onPress={() => jump({ in: 'script', block: entry.id })} />
            </li>
          ))}
        </ol>
      </nav>
      <Link href={`/dispatches/${replica.id}/prompter`} className="prompter-link" onClick={enterFullScreen}>
        Prompter
      </Link>
      <h2>Dispatches</h2>
      <DispatchList shelf={shelf.slice(0, NEIGHBOURS)} current={replica.id} isBrief />
    </div>
  )
}

type EntryProps = { readonly entry: OutlineEntry; readonly isCurrent: boolean; readonly onPress: () => void }

const Entry = ({ entry: { title, time, isRecorded, turns }, isCurrent, onPress }: EntryProps) => (
  <Button className="outline-entry" aria-current={isCurrent && 'location'} onPress={onPress}>
    {time === null ? null : (
      <span className="outline-time" data-recorded={isRecorded}>
        {time}
      </span>
    )}
    <span>
      {title}
      {turns === null ? null : <span className="outline-turns"> {turns === 1 ? '1 turn' : `${turns} turns`}</span>}
    </span>
  </Button>
)
