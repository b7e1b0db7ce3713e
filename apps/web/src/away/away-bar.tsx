import { Button } from 'react-aria-components'
import { writtenKeys } from '../commands/keys.ts'
import { namesOf, sinceOf } from '../history/history-words.ts'
import { whatOthersDid } from './absence-words.ts'
import { NEXT_CHANGE_KEYS } from './away-keys.ts'
import type { Away, AwayActs } from './use-away.ts'

type Props = { readonly away: Away; readonly acts: AwayActs; readonly onShow: () => void }

/** What others did while one was away, in one sentence, and a way through it. */
export const AwayBar = ({ away, acts, onShow }: Props) => {
  const { diff, since, stops, at } = away
  const here = stops[at]
  return (
    <section className="away-bar" aria-label="While you were away">
      <p role="status" className="away-said">
        {here === undefined ? (
          <>
            <b>While you were away</b>, since {sinceOf(since, new Date())}: {whatOthersDid(diff)}.
          </>
        ) : (
          <>
            Change {at + 1} of {stops.length}, by {namesOf(here.authors)}.
          </>
        )}
      </p>
      <div className="away-acts">
        <Button className="button small" onPress={onShow}>
          Show
        </Button>
        {stops.length === 0 ? null : (
          <Button className="button small" onPress={acts.next}>
            {at + 1 < stops.length ? 'Next change' : 'Done'} <kbd>{writtenKeys(NEXT_CHANGE_KEYS, navigator.platform)}</kbd>
          </Button>
        )}
        <Button className="button small quiet" onPress={acts.dismiss}>
          Dismiss
        </Button>
      </div>
    </section>
  )
}
