import { runChecks } from '@stet/checks/checks'
import { errorsIn, type Finding, type Problem } from '@stet/schema/finding'
import type { Preview } from '@stet/schema/publishing'
import { publishingProblems } from '@stet/schema/readiness'
import { useState } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { FindingList } from '../checks/checks-panel.tsx'
import { useDesk } from '../desk/desk-context.ts'
import type { Place } from '../desk/place.ts'
import { useSnapshot } from '../desk/use-snapshot.ts'
import { useFeed } from '../react/use-feed.ts'
import type { State } from '../replica/status.ts'
import { CorrectionFields, NOTHING_TOLD, requestOf } from './correction-fields.tsx'
import { dayOf } from './day-of.ts'
import { Missing } from './missing.tsx'
import { Published } from './published.tsx'
import { usePreview } from './use-preview.ts'
import { usePublishing } from './use-publishing.ts'
import { WhatChanges } from './what-changes.tsx'
import { readNumber, Wish } from './wish.tsx'

type Props = {
  readonly jump: (place: Place) => void
  readonly close: () => void
  /** Null where readers have nothing that could be withdrawn. */
  readonly onWithdraw: (() => void) | null
}

/** What stands between the dispatch and its readers, what would change for them, and the button that freezes it. */
export const PublishDialog = ({ jump, close, onWithdraw }: Props) => {
  const { replica } = useDesk()
  const status = useFeed(replica.status)
  const outcome = useFeed(replica.snapshot)
  const snapshot = useSnapshot()
  const [typed, setTyped] = useState('')
  const [today] = useState(() => dayOf(new Date()))
  const isDispatch = snapshot?.kind === 'dispatch'
  const number = readNumber(typed)
  const date = isDispatch && snapshot.date === null ? today : null
  const [told, setTold] = useState(NOTHING_TOLD)
  const { preview, fault } = usePreview({ number, date, isMinor: told.isMinor })
  const { publishing, publish } = usePublishing()
  const isBusy = publishing.step === 'waiting' || publishing.step === 'publishing'

  // Without the server, what can be said here; whoever publishes gives what a dispatch lacks only there.
  const filled = snapshot && { ...snapshot, number: snapshot.number ?? 1, date: snapshot.date ?? date }
  const ownProblems = outcome.ok ? (filled ? publishingProblems(filled) : []) : outcome.problems
  const problems: readonly Problem[] = preview?.problems ?? ownProblems
  const findings = preview?.findings ?? (snapshot === null ? [] : runChecks(snapshot))
  const needsTelling = preview !== null && preview.revision > 1 && problems.length === 0
  const note = needsTelling ? requestOf(told) : {}
  const reason = reasonNotTo(status.state, problems, preview, fault) ?? (note === null ? UNTOLD : null)
  const request = preview &&
    note && {
      sha256: preview.sha256,
      revision: preview.revision,
      ...(number === null ? {} : { number }),
      ...(date === null ? {} : { date }),
      ...note,
    }

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
              {isDispatch && snapshot.number === null && (preview === null || preview.revision === 1) ? (
                <Wish number={typed} onNumber={setTyped} given={preview?.number ?? null} date={date} />
              ) : null}
              {preview === null ? null : <WhatChanges preview={preview} jump={jump} />}
              {needsTelling ? <CorrectionFields told={told} onTold={setTold} /> : null}
              {preview === null || preview.stage === 'approved' || problems.length > 0 ? null : (
                <p className="hint">Nobody has approved it as it stands. You can publish it all the same.</p>
              )}
              {snapshot === null ? null : <Findings findings={findings} snapshot={snapshot} jump={jump} />}
            </>
          )}
          <p role="status" className={publishing.step === 'failed' ? 'fault' : 'hint'}>
            {publishing.step === 'waiting' ? 'Waiting until everything has reached the server…' : null}
            {publishing.step === 'publishing' ? 'Publishing…' : null}
            {publishing.step === 'failed' ? publishing.why : null}
            {publishing.step === 'ready' ? reason : null}
          </p>
          <div className="dialog-acts">
            {onWithdraw === null || publishing.step === 'done' ? null : (
              <Button className="button quiet first" onPress={onWithdraw} isDisabled={isBusy}>
                Withdraw…
              </Button>
            )}
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
              <Button
                className="button go"
                isDisabled={reason !== null || isBusy}
                onPress={() => request && void publish(request)}
              >
                {preview === null ? 'Publish' : `Publish revision ${preview.revision}`}
              </Button>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const UNTOLD = 'Tell readers what was wrong and what stands now, or say that nothing is corrected.'

type FindingsProps = Pick<Parameters<typeof FindingList>[0], 'snapshot' | 'jump'> & { readonly findings: readonly Finding[] }

const Findings = ({ findings, snapshot, jump }: FindingsProps) => {
  const errors = errorsIn(findings).length
  if (findings.length === 0) return <p className="good">The checks found nothing.</p>
  return (
    <details className="dialog-findings" open={findings.length < 4}>
      <summary>
        The checks found {findings.length === 1 ? 'one thing' : `${findings.length} things`}.{' '}
        {errors === 0
          ? 'None keeps you from publishing.'
          : `${errors === 1 ? 'One keeps' : `${errors} keep`} you from publishing.`}
      </summary>
      <FindingList findings={findings} snapshot={snapshot} jump={jump} />
    </details>
  )
}

const reasonNotTo = (
  state: State,
  problems: readonly Problem[],
  preview: Preview | null,
  fault: string | null,
): string | null => {
  const ofTheWhole = problems.filter(({ path }) => path.length === 0).map(({ message }) => `${message}.`)
  const reasons = [
    ...ofTheWhole,
    problems.length > ofTheWhole.length ? 'Mend what is in the way first.' : null,
    state === 'signed out' ? 'You are signed out: sign in again to publish.' : null,
    state === 'not sent' || state === 'not saved' || (state === 'saved here' && preview === null)
      ? 'You are not connected. Publishing needs the server, since it freezes what the server holds.'
      : null,
    fault,
  ].filter((reason) => reason !== null)
  if (reasons.length > 0) return reasons.join(' ')
  return preview === null ? 'Asking the server what would change…' : null
}
