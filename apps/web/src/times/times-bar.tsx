import type { ScriptEditor } from '@stet/editor/script-editor'
import type { Times } from '@stet/editor/script-times'
import { formatShortClock } from '@stet/schema/timeline'
import { useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { later } from '../react/later.tsx'
import { useObserved } from '../react/use-observed.ts'
import { againstTarget } from './length.ts'
import { targetOf } from './target.ts'
import { useTimes } from './use-times.ts'

const TimesDialog = later(async () => (await import('./times-dialog.tsx')).TimesDialog)

/** Always in view: how long the dispatch is, against its target, and who has how much of it. */
export const TimesBar = ({ editor }: { editor: ScriptEditor | null }) => {
  const { dispatch } = useDesk().replica
  useObserved(dispatch.meta)
  useObserved(dispatch.speakers.map)
  const times = useTimes(editor)
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  if (dispatch.meta.get('kind') === 'essay' || times === null) return null
  const target = targetOf(dispatch.meta)
  const { seconds } = times.totals
  return (
    <section className="times-bar" aria-label="Times">
      <Button ref={button} className="times-total" aria-haspopup="dialog" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        <b>{formatShortClock(seconds)}</b>
        {target === null ? (
          <span className="times-target">Set a target</span>
        ) : (
          <>
            <span className="times-target">of {formatShortClock(target)}</span>
            <span className="times-difference" data-over={seconds > target}>
              {againstTarget(seconds, target)}
            </span>
          </>
        )}
      </Button>
      {isOpen ? <TimesDialog times={times} anchor={button} onClose={() => setOpen(false)} /> : null}
      <Shares times={times} />
    </section>
  )
}

const Shares = ({ times: { totals } }: { times: Times }) => {
  const { speakers } = useDesk().replica.dispatch
  const shares = totals.shares.map((share) => {
    const fields = speakers.map.get(share.speaker ?? '')
    return { ...share, name: String(fields?.get('name') || 'no speaker'), color: fields?.get('color') }
  })
  return (
    <>
      <ul className="shares" aria-label="Shares">
        {shares.map(({ speaker, name, color, part }) => (
          <li key={speaker} data-color={color}>
            <span className="share-name">{name}</span> {Math.round(part * 100)} %
          </li>
        ))}
      </ul>
      <span className="share-line" aria-hidden="true">
        {shares.map(({ speaker, color, seconds }) => (
          <span key={speaker} data-color={color} style={{ flexGrow: seconds }} />
        ))}
      </span>
    </>
  )
}
