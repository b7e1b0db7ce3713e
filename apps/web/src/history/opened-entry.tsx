import { restoreAll, restoreBlock } from '@stet/schema/layout/restore'
import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import type { Place } from '../desk/place.ts'
import { useServices } from '../react/services-context.ts'
import { DiffView } from './diff-view.tsx'
import { failureOf } from './fault-words.ts'
import { type Entry, howMuch, momentOf, nameOf, whenOf } from './history-words.ts'
import { MomentView } from './moment-view.tsx'
import { NameMoment } from './name-moment.tsx'
import { RestoreAll } from './restore-all.tsx'
import { type Asked, useAsked } from './use-asked.ts'
import { useRestoreFrom } from './use-restore-from.ts'
import type { Restoring } from './use-restoring.ts'

type Props = {
  readonly entry: Entry
  readonly now: Date
  readonly restoring: Restoring
  readonly jump: (place: Place) => void
  /** Back to the list, which is to be asked for anew when something changed in it. */
  readonly onBack: (changed: boolean) => void
}

/** One session or one named moment: what changed, or the whole script as it stood. */
export const OpenedEntry = ({ entry, now, restoring, jump, onBack }: Props) => {
  const { readOnly } = useDesk()
  const { api } = useServices()
  const { replica } = useDesk()
  const [shows, setShows] = useState<'changes' | 'whole'>(entry.kind === 'moment' ? 'whole' : 'changes')
  const { fault, setFault, restoreFrom } = useRestoreFrom(restoring)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => void heading.current?.focus(), [])
  const seq = entry.kind === 'moment' ? entry.moment.seq : entry.session.to
  const moment = momentOf(entry.at, now)

  const restoreTurn = (at: number) => (block: string) =>
    void restoreFrom(at, 'Turn restored.', (snapshot, signature) => {
      restoreBlock(replica.dispatch, snapshot, block, signature)
    })
  const forget = async () => {
    if (entry.kind !== 'moment') return
    const outcome = await api('forgetMoment', { params: { id: replica.id, moment: entry.moment.id } })
    if (outcome.ok) onBack(true)
    else setFault(failureOf(outcome).why)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape goes back from anywhere in it
    <div
      className="opened-entry"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onBack(false)
      }}
    >
      <div className="opened-head">
        <Button className="link-button" onPress={() => onBack(false)}>
          <span aria-hidden="true">← </span>All sessions
        </Button>
        <h3 ref={heading} tabIndex={-1}>
          {entry.kind === 'moment' ? entry.moment.name : nameOf(entry.session.author)}
        </h3>
        <p className="session-facts">
          {entry.kind === 'moment'
            ? `As it stood ${moment}, named by ${nameOf(entry.moment.by)}`
            : `${momentOf(entry.session.begunAt, now).replace(/ at .*$/, '')}, ${whenOf(entry.session)} · ${howMuch(entry.session)}`}
        </p>
        <div className="history-acts">
          {entry.kind === 'session' ? (
            <Button className="button small" onPress={() => setShows(shows === 'changes' ? 'whole' : 'changes')}>
              {shows === 'changes' ? 'Show the whole script as it stood' : 'Show what changed'}
            </Button>
          ) : null}
          {readOnly === null && shows === 'whole' ? (
            <RestoreAll
              moment={moment}
              onRestore={() =>
                void restoreFrom(seq, `All restored as it stood ${moment}.`, (snapshot, signature) =>
                  restoreAll(replica.dispatch, snapshot, signature),
                )
              }
            />
          ) : null}
          {readOnly !== null ? null : entry.kind === 'session' ? (
            <NameMoment seq={seq} onNamed={() => onBack(true)} />
          ) : (
            <Button className="button small quiet" onPress={() => void forget()}>
              Forget the name
            </Button>
          )}
        </div>
        <p role="status" className="fault">
          {fault}
        </p>
      </div>
      {shows === 'changes' && entry.kind === 'session' ? (
        <Changes session={entry.session} jump={jump} onRestore={readOnly === null ? restoreTurn(entry.session.from - 1) : null} />
      ) : (
        <Whole seq={seq} onRestore={readOnly === null ? restoreTurn(seq) : null} />
      )}
    </div>
  )
}

type ChangesProps = Pick<Props, 'jump'> & {
  readonly session: (Entry & { kind: 'session' })['session']
  readonly onRestore: ((block: string) => void) | null
}

/** Of who wrote meanwhile, only what this author changed too. */
const Changes = ({ session: { from, to, author }, jump, onRestore }: ChangesProps) => {
  const { replica } = useDesk()
  const { api } = useServices()
  const [asked, again] = useAsked(`${from} ${to}`, () =>
    api('getDiff', { params: { id: replica.id }, query: { from: from - 1, to } }),
  )
  if (asked.state !== 'here') return <Waiting asked={asked} again={again} />
  const own = <C extends { authors: readonly { id: string }[] }>(changes: readonly C[]): C[] =>
    changes.filter(({ authors }) => authors.length === 0 || authors.some(({ id }) => id === author.id))
  const { fields, blocks, sources } = asked.value
  const diff = { ...asked.value, fields: own(fields), blocks: own(blocks), sources: own(sources) }
  return <DiffView diff={diff} author={author.id} jump={jump} onRestore={onRestore} />
}

const Whole = ({ seq, onRestore }: { seq: number; onRestore: ((block: string) => void) | null }) => {
  const { replica } = useDesk()
  const { api } = useServices()
  const [asked, again] = useAsked(String(seq), () => api('getMoment', { params: { id: replica.id, seq } }))
  if (asked.state !== 'here') return <Waiting asked={asked} again={again} />
  return <MomentView snapshot={asked.value.snapshot} onRestore={onRestore} />
}

export const Waiting = ({ asked, again }: { asked: Asked<unknown>; again: () => void }) =>
  asked.state === 'failed' ? (
    <div className="history-wait" role="alert">
      <p>{asked.why}</p>
      <Button className="button small" onPress={again}>
        Try again
      </Button>
    </div>
  ) : (
    <p className="history-wait" role="status">
      Looking it up…
    </p>
  )
