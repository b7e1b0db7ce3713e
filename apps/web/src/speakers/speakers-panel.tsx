import type { Snapshot } from '@stet/schema/snapshot'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { focusField } from '../fields/focus-field.ts'
import { useObserved } from '../react/use-observed.ts'
import { SpeakerRow } from './speaker-row.tsx'

const origin = 'speakers'
const COLORS = 6

/** Who speaks in this dispatch. */
export const SpeakersPanel = ({ snapshot }: { snapshot: Snapshot | null }) => {
  const { replica, readOnly } = useDesk()
  const { speakers } = replica.dispatch
  useObserved(speakers.map)
  const turnsBySpeaker = useMemo(() => turnCounts(snapshot), [snapshot])
  const list = speakers.list()

  const add = () => {
    const taken = new Set(list.map(({ fields }) => fields.get('color')))
    const free = Array.from({ length: COLORS }, (_, index) => index + 1).find((color) => !taken.has(color))
    const id = speakers.add({ name: '', color: free ?? (list.length % COLORS) + 1 }, origin)
    focusField(`speakers/${id}`)
  }
  return (
    <section className="panel" aria-label="Speakers">
      <h2 className="visually-hidden">Speakers</h2>
      {list.length === 0 ? <p className="empty">Nobody speaks here yet.</p> : null}
      <ul className="speakers">
        {list.map(({ id, fields }) => (
          <li key={id}>
            <SpeakerRow
              id={id}
              name={String(fields.get('name') ?? '')}
              color={Number(fields.get('color') ?? 1)}
              turns={turnsBySpeaker.get(id) ?? 0}
            />
          </li>
        ))}
      </ul>
      {readOnly === null ? (
        <Button className="button" onPress={add}>
          Add speaker
        </Button>
      ) : null}
    </section>
  )
}

const turnCounts = (snapshot: Snapshot | null): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const block of snapshot?.body ?? [])
    if (block.kind === 'turn' && block.speaker !== null) counts.set(block.speaker, (counts.get(block.speaker) ?? 0) + 1)
  return counts
}
