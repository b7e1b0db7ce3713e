import { useEffect, useRef } from 'react'
import { Collection, Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { timeAgo } from '../removed/removal-words.ts'
import { type Day, type Entry, howMuch, momentOf, nameOf, whenOf } from './history-words.ts'

type Props = {
  readonly days: readonly Day[]
  readonly now: Date
  readonly onOpen: (entry: Entry) => void
  /** The entry that one comes back from. */
  readonly cameFrom: string | null
}

/** Who wrote when and how much, and the moments with names: a list to go through with the arrows. */
export const SessionList = ({ days, now, onOpen, cameFrom }: Props) => {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (cameFrom === null) return
    // The list shows its options once it has been through them itself.
    const frame = requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(cameFrom)}"]`)?.focus(),
    )
    return () => cancelAnimationFrame(frame)
  }, [cameFrom])
  const entries = days.flatMap((day) => day.entries)
  return (
    <ListBox
      ref={list}
      className="sessions"
      aria-label="Sessions"
      selectionMode="none"
      items={days}
      dependencies={[now]}
      onAction={(key) => {
        const entry = entries.find((each) => each.key === key)
        if (entry !== undefined) onOpen(entry)
      }}
    >
      {(day) => (
        <ListBoxSection id={day.name} className="session-day">
          <Header>{day.name}</Header>
          <Collection items={day.entries} dependencies={[now]}>
            {(entry) => <EntryItem entry={entry} now={now} />}
          </Collection>
        </ListBoxSection>
      )}
    </ListBox>
  )
}

const EntryItem = ({ entry, now }: { entry: Entry; now: Date }) => {
  const ago = timeAgo(new Date(entry.at), now)
  if (entry.kind === 'moment') {
    const { moment } = entry
    return (
      <ListBoxItem
        id={entry.key}
        className="session named"
        textValue={`${moment.name}, a moment named by ${nameOf(moment.by)}, ${momentOf(entry.at, now)}`}
      >
        <span className="session-name">{moment.name}</span>
        <span className="session-facts">
          named by {nameOf(moment.by)} · <time dateTime={entry.at}>{momentOf(entry.at, now)}</time>
        </span>
      </ListBoxItem>
    )
  }
  const { session } = entry
  return (
    <ListBoxItem
      id={entry.key}
      className="session"
      textValue={`${nameOf(session.author)}, ${whenOf(session)}, ${ago}, ${howMuch(session)}`}
    >
      <Who session={session} />
      <span className="session-when">
        <time dateTime={session.endedAt}>{whenOf(session)}</time> · {ago}
      </span>
      <span className="session-facts">{howMuch(session)}</span>
    </ListBoxItem>
  )
}

/** In their colour while they are here; the history knows names alone. */
const Who = ({ session: { author } }: { session: (Entry & { kind: 'session' })['session'] }) => {
  const people = useFeed(useDesk().replica.presence.people)
  const present = people.find(({ id }) => id === author.id)
  return (
    <span className="session-who" data-color={present?.color}>
      {nameOf(author)}
      {present?.self ? ' (you)' : ''}
    </span>
  )
}
