import type { ScriptEditor } from '@stet/editor/script-editor'
import type { Times } from '@stet/editor/script-times'
import { formatShortClock } from '@stet/schema/timeline'
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { useObserved } from '../react/use-observed.ts'
import { againstTarget } from './length.ts'
import { SpeakerTimes } from './speaker-times.tsx'
import { TargetField, targetOf } from './target-field.tsx'
import { useTimes } from './use-times.ts'

/** Always in view: how long the dispatch is, against its target, and who has how much of it. */
export const TimesBar = ({ editor }: { editor: ScriptEditor | null }) => {
  const { dispatch } = useDesk().replica
  useObserved(dispatch.meta)
  useObserved(dispatch.speakers.map)
  const times = useTimes(editor)
  if (dispatch.meta.get('kind') === 'essay' || times === null) return null
  const target = targetOf(dispatch.meta)
  const { seconds } = times.totals
  return (
    <section className="times-bar" aria-label="Times">
      <DialogTrigger>
        <Button className="times-total">
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
        <Popover className="popover times-popover" placement="top start">
          <Dialog className="times-dialog">
            <Heading slot="title">Times</Heading>
            <TargetField />
            <SpeakerTimes times={times} />
          </Dialog>
        </Popover>
      </DialogTrigger>
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
