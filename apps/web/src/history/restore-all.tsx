import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'

/** Asks once more, and says what it does. */
export const RestoreAll = ({ moment, onRestore }: { moment: string; onRestore: () => void }) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className="button small">Restore all…</Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="modal">
          <Dialog className="dialog" role="alertdialog">
            <Heading slot="title">Restore all?</Heading>
            <p>
              Script, header, speakers and sources become what they were {moment}. Turns that were added since are removed and
              wait under “Removed”. Everyone at this desk sees it at once, and what they are writing stays.
            </p>
            <p>Nothing is lost: one undo takes it back, and the history keeps what stands now.</p>
            <div className="dialog-acts">
              <Button className="button quiet" onPress={() => setOpen(false)} autoFocus>
                Cancel
              </Button>
              <Button
                className="button go"
                onPress={() => {
                  setOpen(false)
                  onRestore()
                }}
              >
                Restore all
              </Button>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
