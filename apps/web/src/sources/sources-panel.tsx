import type { Snapshot } from '@stet/schema/snapshot'
import { useEffect, useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import * as Y from 'yjs'
import { useDesk } from '../desk/desk-context.ts'
import { focusField } from '../fields/focus-field.ts'
import type { Restoring } from '../history/use-restoring.ts'
import { useObserved } from '../react/use-observed.ts'
import { addNewSource } from './add-new-source.ts'
import { AddSource } from './add-source.tsx'
import { citationCounts } from './citation-counts.ts'
import { ImportSources } from './import-sources.tsx'
import { SourceCard } from './source-card.tsx'

type Props = {
  readonly open: string | null
  readonly onOpen: (id: string | null) => void
  readonly snapshot: Snapshot | null
  readonly cite: (source: string) => void
  /** Runs an act as one step, tells of it and offers to undo it. */
  readonly act: Restoring['restore']
}

const origin = 'sources'

/** The sources in their order. The number is the place in the list, as it stands in the script. */
export const SourcesPanel = ({ open, onOpen, snapshot, cite, act }: Props) => {
  const { replica, readOnly } = useDesk()
  const { sources } = replica.dispatch
  useObserved(sources.map)
  const counts = useMemo(() => citationCounts(snapshot ?? { body: [] }), [snapshot])
  const { removed, remove, putBack } = useRemoval()
  const ids = sources.list().map(({ id }) => id)

  const add = (typed: string) => {
    const id = addNewSource(replica.dispatch, typed)
    onOpen(id)
    focusField(`sources/${id}/${sources.text(id, 'title')?.length === 0 ? 'title' : 'publisher'}`)
  }
  return (
    <section className="panel sources" aria-label="Sources">
      <h2 className="visually-hidden">Sources</h2>
      <ol className="source-list">
        {ids.map((id, index) => (
          <li key={id}>
            <SourceCard
              id={id}
              number={index + 1}
              citations={counts.get(id) ?? 0}
              isOpen={open === id}
              onToggle={() => onOpen(open === id ? null : id)}
              onCite={() => cite(id)}
              onRemove={(title) => remove(id, title)}
              moveUp={index === 0 ? null : () => sources.move(id, ids[index - 1] ?? null, origin)}
              moveDown={index === ids.length - 1 ? null : () => sources.move(id, ids[index + 2] ?? null, origin)}
            />
          </li>
        ))}
      </ol>
      {ids.length === 0 ? <p className="empty">No sources yet. What the script claims should rest on something.</p> : null}
      <p className="removed" role="status">
        {removed === null ? null : (
          <>
            Removed “{removed}”.{' '}
            <Button className="link-button" onPress={putBack}>
              Put back
            </Button>
          </>
        )}
      </p>
      {readOnly === null ? (
        <>
          <AddSource onAdd={add} />
          <ImportSources dispatch={replica.dispatch} act={act} />
        </>
      ) : null}
    </section>
  )
}

/** Taking a source away can be taken back, with the words it had and the citations that rested on it. */
const useRemoval = () => {
  const { sources } = useDesk().replica.dispatch
  const [removed, setRemoved] = useState<string | null>(null)
  const history = useMemo(() => {
    const removal = Symbol('remove source')
    return { removal, manager: new Y.UndoManager(sources.map, { trackedOrigins: new Set([removal]), captureTimeout: 0 }) }
  }, [sources])
  useEffect(() => () => history.manager.destroy(), [history])

  return {
    removed,
    remove: (id: string, title: string) => {
      sources.remove(id, history.removal)
      setRemoved(title)
    },
    putBack: () => {
      history.manager.undo()
      setRemoved(null)
    },
  }
}
