import type { Person } from '@stet/schema/contract/people'
import { type Status, stepsFrom } from '@stet/schema/status'
import { useState } from 'react'
import { Button, Dialog, Heading, Label, Modal, ModalOverlay, TextArea, TextField } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { momentOf } from '../history/history-words.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import { useNow } from '../react/use-now.ts'
import { ACT_WORDS, type Act, mayTake, takeStep } from './review-acts.ts'
import { fellWords, STEP_WORDS, standingWords } from './review-words.ts'
import type { Standing } from './use-status.ts'

type Props = {
  readonly standing: Standing
  readonly person: Person
  readonly learn: (status: Status) => void
  readonly close: () => void
}

const MINUTE = 60_000

/** Who said what of the dispatch on its way to readers, and what one may say oneself. */
export const ReviewDialog = ({ standing, person, learn, close }: Props) => {
  const { replica } = useDesk()
  const { api, library } = useServices()
  const isSynced = useFeed(replica.status).state === 'synced'
  const now = useNow(MINUTE)
  const [note, setNote] = useState('')
  const [said, setSaid] = useState<{ readonly isFault: boolean; readonly text: string } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const acts = stepsFrom(standing.stage).filter((act) => mayTake(person, act))

  const take = async (act: Act) => {
    setBusy(true)
    const answer = await takeStep(api, act, { id: replica.id, note, sha256: standing.sha256 })
    setBusy(false)
    if (answer.ok) {
      learn(answer.value)
      setNote('')
      setSaid({ isFault: false, text: `You ${STEP_WORDS[act]}.` })
      await library.refresh()
    } else
      setSaid({
        isFault: true,
        text: answer.fault === 'refused' ? answer.problem.title : 'The server did not answer. Try again; nothing is said twice.',
      })
  }

  return (
    <ModalOverlay className="overlay" isDismissable={!isBusy} isOpen onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">Review</Heading>
          <p className="review-standing">{standingWords(standing)}.</p>
          {standing.stage === 'in review' && standing.fellAt !== null ? (
            <p className="hint">{fellWords(standing.fellAt, now)}</p>
          ) : null}
          {standing.steps.length === 0 ? null : (
            <ol className="review-steps" aria-label="What was said">
              {standing.steps.map(({ step, by, at, note }) => (
                <li key={`${at} ${step} ${by}`}>
                  <p>
                    <b>{by}</b> {STEP_WORDS[step]} <time dateTime={at}>{momentOf(at, now)}</time>
                  </p>
                  {note === '' ? null : <p className="review-note">{note}</p>}
                </li>
              ))}
            </ol>
          )}
          {acts.length === 0 ? null : (
            <TextField className="labelled" value={note} onChange={setNote} maxLength={2_000}>
              <Label>A note to the others (not needed)</Label>
              <TextArea className="input" rows={2} />
            </TextField>
          )}
          <p role="status" className={said?.isFault ? 'fault' : 'hint'}>
            {said?.text ??
              (acts.length > 0 && !isSynced ? 'Not all of this is with the server yet: wait until it says “Synced”.' : '')}
          </p>
          <div className="dialog-acts">
            <Button className="button quiet" onPress={close} isDisabled={isBusy}>
              Close
            </Button>
            {acts.map((act) => (
              <Button
                key={act}
                className={act === 'approved' ? 'button go' : 'button'}
                isDisabled={isBusy || !isSynced}
                onPress={() => void take(act)}
              >
                {ACT_WORDS[act]}
              </Button>
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
