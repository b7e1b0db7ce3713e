import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { AwayChanges } from '../away/away-changes.tsx'
import type { Away } from '../away/use-away.ts'
import { writtenKeys } from '../commands/keys.ts'
import { useDesk } from '../desk/desk-context.ts'
import type { Place } from '../desk/place.ts'
import { useNow } from '../react/use-now.ts'
import { HISTORY_KEYS } from './history-keys.ts'
import { daysOf, type Entry } from './history-words.ts'
import { NameMoment } from './name-moment.tsx'
import { OpenedEntry, Waiting } from './opened-entry.tsx'
import { SessionList } from './session-list.tsx'
import type { Restoring } from './use-restoring.ts'
import { useSessions } from './use-sessions.ts'

const A_MINUTE = 60_000

type Props = {
  readonly restoring: Restoring
  readonly jump: (place: Place) => void
  /** What others did while one was away, if that is to be shown. */
  readonly away: Away | null
  readonly onAwayBack: () => void
}

/** Who wrote what and when, and the way back to it. */
export const HistoryPanel = ({ restoring, jump, away, onAwayBack }: Props) => {
  const { readOnly } = useDesk()
  const now = useNow(A_MINUTE)
  const { asked, refresh, more, isAskingMore } = useSessions()
  const [opened, setOpened] = useState<Entry | null>(null)
  const [cameFrom, setCameFrom] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const days = useMemo(() => {
    if (asked.state !== 'here') return []
    const { sessions, moments, before } = asked.value
    return daysOf(sessions, moments, before === null ? null : (sessions.at(-1)?.to ?? null), now)
  }, [asked, now])

  const first = days[0]?.entries[0]?.key ?? null
  useEffect(() => {
    // Who came here by its keys is led on to the list once there is one.
    if (first !== null && document.activeElement === heading.current) setCameFrom(first)
  }, [first])

  if (away !== null)
    return (
      <section className="panel history" aria-label="History">
        <AwayChanges away={away} now={now} restoring={restoring} jump={jump} onBack={onAwayBack} />
      </section>
    )
  if (opened !== null)
    return (
      <section className="panel history" aria-label="History">
        <OpenedEntry
          key={opened.key}
          entry={opened}
          now={now}
          restoring={restoring}
          jump={jump}
          onBack={() => {
            setOpened(null)
            setCameFrom(opened.key)
            void refresh()
          }}
        />
      </section>
    )
  return (
    <section className="panel history" aria-label="History">
      <h2 ref={heading} className="visually-hidden" data-place="history" tabIndex={-1}>
        History
      </h2>
      <div className="history-head">
        {readOnly === null ? <NameMoment seq={null} onNamed={() => void refresh()} /> : null}
        <Button className="button small quiet" onPress={() => void refresh()}>
          Look again
        </Button>
      </div>
      {asked.state !== 'here' ? (
        <Waiting asked={asked} again={() => void refresh()} />
      ) : days.length === 0 ? (
        <p className="empty">Nothing was written yet. What is written is kept here, by who wrote it and when.</p>
      ) : (
        <SessionList
          days={days}
          now={now}
          cameFrom={cameFrom}
          onOpen={(entry) => {
            setCameFrom(null)
            setOpened(entry)
          }}
        />
      )}
      {asked.state === 'here' && asked.value.before !== null ? (
        <Button className="button small history-more" isPending={isAskingMore} onPress={() => void more()}>
          {isAskingMore ? 'Looking it up…' : 'Older sessions'}
        </Button>
      ) : null}
      <p className="hint history-key">
        <kbd>{writtenKeys(HISTORY_KEYS, navigator.platform)}</kbd> brings you here from anywhere.
      </p>
    </section>
  )
}
