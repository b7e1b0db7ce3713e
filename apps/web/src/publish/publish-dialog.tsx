import { runChecks } from '@stet/checks/checks'
import { publishingProblems } from '@stet/schema/readiness'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { FindingList } from '../checks/checks-panel.tsx'
import { useDesk } from '../desk/desk-context.ts'
import type { Place } from '../desk/place.ts'
import { useSnapshot } from '../desk/use-snapshot.ts'
import { useServices } from '../react/services-context.ts'
import { useFeed } from '../react/use-feed.ts'
import type { State } from '../replica/status.ts'
import { Missing } from './missing.tsx'
import { Published } from './published.tsx'
import { Suggested } from './suggested.tsx'
import { dayOf, suggestionsFor } from './suggestions.ts'
import { useNextRevision, usePublishing } from './use-publishing.ts'

type Props = { readonly jump: (place: Place) => void; readonly close: () => void }

/** What stands between the dispatch and its readers, and the button that freezes it. */
export const PublishDialog = ({ jump, close }: Props) => {
  const { replica } = useDesk()
  const status = useFeed(replica.status)
  const outcome = useFeed(replica.snapshot)
  const shelf = useFeed(useServices().library.shelf)
  const snapshot = useSnapshot()
  const next = useNextRevision()
  const { publishing, publish } = usePublishing()
  const isBusy = publishing.step === 'waiting' || publishing.step === 'publishing'

  const suggested = snapshot === null ? { number: null, date: null } : suggestionsFor(snapshot, shelf, dayOf(new Date()))
  const filled = snapshot && { ...snapshot, number: snapshot.number ?? suggested.number, date: snapshot.date ?? suggested.date }
  const problems = outcome.ok ? (filled ? publishingProblems(filled) : []) : outcome.problems
  const findings = snapshot === null ? [] : runChecks(snapshot)
  const reason = reasonNotTo(status.state, problems.length, next)

  return (
    <ModalOverlay className="overlay" isDismissable={!isBusy} isOpen onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">Publish</Heading>
          {publishing.step === 'done' ? (
            <Published revision={publishing.revision} findings={publishing.findings} />
          ) : (
            <>
              <p>
                What stands on the desk now is frozen as a revision and shown to everyone. You can go on writing; readers see it
                with the next one.
              </p>
              {snapshot === null ? null : <Missing problems={problems} snapshot={snapshot} jump={jump} />}
              {publishing.step === 'ready' ? <Suggested suggested={suggested} /> : null}
              {findings.length === 0 ? (
                <p className="good">The checks found nothing.</p>
              ) : (
                <details className="dialog-findings" open={findings.length < 4}>
                  <summary>
                    The checks found {findings.length === 1 ? 'one thing' : `${findings.length} things`}. None keeps you from
                    publishing.
                  </summary>
                  <FindingList findings={findings} snapshot={snapshot} jump={jump} />
                </details>
              )}
            </>
          )}
          <p role="status" className={publishing.step === 'failed' ? 'fault' : 'hint'}>
            {publishing.step === 'waiting' ? 'Waiting until everything has reached the server…' : null}
            {publishing.step === 'publishing' ? 'Publishing…' : null}
            {publishing.step === 'failed' ? publishing.why : null}
            {publishing.step === 'ready' ? reason : null}
          </p>
          <div className="dialog-acts">
            {publishing.step === 'done' ? (
              // The button that was pressed is gone: without the focus the dialog would not hear Escape.
              <Button key="close" className="button quiet" onPress={close} autoFocus>
                Close
              </Button>
            ) : (
              <Button className="button quiet" onPress={close} isDisabled={isBusy}>
                Not now
              </Button>
            )}
            {publishing.step === 'done' ? null : (
              <Button className="button go" isDisabled={reason !== null || isBusy} onPress={() => void publish(suggested)}>
                {next === null ? 'Publish' : `Publish revision ${next}`}
              </Button>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const reasonNotTo = (state: State, problems: number, next: number | null): string | null => {
  const reasons = [
    problems > 0 ? 'Fill in what is missing first.' : null,
    state === 'signed out' ? 'You are signed out: sign in again to publish.' : null,
    state === 'not sent' || state === 'not saved' || (state === 'saved here' && next === null)
      ? 'You are not connected. Publishing needs the server, since it freezes what the server holds.'
      : null,
  ].filter((reason) => reason !== null)
  if (reasons.length > 0) return reasons.join(' ')
  return next === null ? 'Asking the server for the number of the revision…' : null
}
