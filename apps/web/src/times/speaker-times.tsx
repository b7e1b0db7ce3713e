import type { Times } from '@stet/editor/script-times'
import { formatShortClock } from '@stet/schema/timeline'
import { useDesk } from '../desk/desk-context.ts'

/** Each speaker's part of the dispatch, and the pace that estimates rest on. */
export const SpeakerTimes = ({ times: { totals, paceOf } }: { times: Times }) => {
  const { speakers } = useDesk().replica.dispatch
  if (totals.shares.length === 0) return <p className="empty">Nobody has said anything yet.</p>
  return (
    <>
      <table className="speaker-times">
        <thead>
          <tr>
            <th scope="col">Speaker</th>
            <th scope="col">Time</th>
            <th scope="col">Words</th>
            <th scope="col">Turns</th>
            <th scope="col">Pace</th>
          </tr>
        </thead>
        <tbody>
          {totals.shares.map(({ speaker, seconds, words, turns }) => {
            const fields = speakers.map.get(speaker ?? '')
            return (
              <tr key={speaker}>
                <th scope="row" data-color={fields?.get('color')}>
                  {String(fields?.get('name') || 'no speaker')}
                </th>
                <td>{formatShortClock(Math.round(seconds))}</td>
                <td>{words}</td>
                <td>{turns}</td>
                <td>{paceOf(speaker).toFixed(1)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="hint">
        The pace is in characters a second, learnt from the recorded turns of all dispatches. Starts in italics are estimates.
      </p>
    </>
  )
}
