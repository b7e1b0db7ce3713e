import { useState } from 'react'
import { Button, Dialog, Heading, Label, Modal, ModalOverlay, TextArea, TextField } from 'react-aria-components'
import { useDesk } from '../desk/desk-context.ts'
import { useServices } from '../react/services-context.ts'

type Props = {
  /** The newest revision, as this desk knows it. */
  readonly revision: number
  readonly close: () => void
}

type Withdrawing =
  | { readonly step: 'asking' }
  | { readonly step: 'sending' }
  | { readonly step: 'done'; readonly path: string }
  | { readonly step: 'failed'; readonly why: string }

/** Asks whether it is meant, and for the reason that readers will find in its place. */
export const WithdrawDialog = ({ revision, close }: Props) => {
  const { replica } = useDesk()
  const { api, library } = useServices()
  const [reason, setReason] = useState('')
  const [withdrawing, setWithdrawing] = useState<Withdrawing>({ step: 'asking' })
  const isBusy = withdrawing.step === 'sending'
  const isDone = withdrawing.step === 'done'

  const withdraw = async () => {
    setWithdrawing({ step: 'sending' })
    const answer = await api('withdraw', { params: { id: replica.id }, body: { reason, revision } })
    if (answer.ok) {
      setWithdrawing({ step: 'done', path: answer.value.revision.path })
      await library.refresh()
    } else
      setWithdrawing({
        step: 'failed',
        why:
          answer.fault === 'refused' ? answer.problem.title : 'The server did not answer. Try again: it is not withdrawn twice.',
      })
  }

  return (
    <ModalOverlay className="overlay" isDismissable={!isBusy} isOpen onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <Modal className="modal">
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title">{isDone ? 'Withdrawn' : 'Withdraw it from its readers?'}</Heading>
          {withdrawing.step === 'done' ? (
            <p className="published">
              Readers find the reason at <a href={withdrawing.path}>{withdrawing.path}</a>.
            </p>
          ) : (
            <>
              <p>
                Page, files and all revisions are gone for readers at once. At every address of it they find that it was
                withdrawn, when, and why. Nothing is lost on the desk, and publishing it again brings it back.
              </p>
              <TextField className="labelled" value={reason} onChange={setReason} maxLength={2_000} autoFocus>
                <Label>The reason, for readers</Label>
                <TextArea className="input" rows={3} />
              </TextField>
            </>
          )}
          <p role="status" className={withdrawing.step === 'failed' ? 'fault' : 'hint'}>
            {withdrawing.step === 'failed' ? withdrawing.why : null}
            {withdrawing.step === 'sending' ? 'Withdrawing…' : null}
            {withdrawing.step === 'asking' && reason.trim() === '' ? 'Say why first.' : null}
          </p>
          <div className="dialog-acts">
            {isDone ? (
              <Button key="close" className="button quiet" onPress={close} autoFocus>
                Close
              </Button>
            ) : (
              <>
                <Button className="button quiet" onPress={close} isDisabled={isBusy}>
                  Leave it published
                </Button>
                <Button className="button go" isDisabled={isBusy || reason.trim() === ''} onPress={() => void withdraw()}>
                  Withdraw
                </Button>
              </>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
