import { HumanRole } from '@stet/schema/contract/people'
import { useState } from 'react'
import { Button, Dialog, Heading, Input, Label, Modal, ModalOverlay, TextField } from 'react-aria-components'
import { Choice } from '../fields/choice.tsx'
import { ROLE_CHOICES } from '../people/role-names.ts'
import { useServices } from '../react/services-context.ts'
import '../look/dialog.css'

const counts = [1, 2, 3, 5, 10, 20].map((count) => ({
  id: String(count),
  name: count === 1 ? 'One person' : `Up to ${count} people`,
}))

type Link = { readonly url: string; readonly expiresAt: string }

/** A link that lets one person in, once. */
export const InviteDialog = ({ close }: { close: () => void }) => {
  const { api } = useServices()
  const [role, setRole] = useState<HumanRole>('editor')
  const [link, setLink] = useState<Link | null>(null)
  const [uses, setUses] = useState('1')
  const [said, setSaid] = useState('')

  const makeLink = async () => {
    const answer = await api('createLink', { body: { role, uses: Number(uses) } })
    if (answer.ok) {
      setLink(answer.value)
      setSaid('')
    } else setSaid(answer.fault === 'refused' ? (answer.problem.detail ?? answer.problem.title) : 'The server cannot be reached.')
  }
  const copy = async () => {
    const copied = await navigator.clipboard?.writeText(link?.url ?? '').then(
      () => true,
      () => false,
    )
    setSaid(copied ? 'Copied.' : 'This browser does not let us copy: select the link and copy it.')
  }
  return (
    <ModalOverlay className="overlay" isDismissable isOpen onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">Invite</Heading>
          <p>Whoever opens the link gives a name and is in. Send it to nobody else; it lasts 7 days.</p>
          <Choice label="Role" value={role} options={ROLE_CHOICES} onChange={(id) => setRole(HumanRole.parse(id))} />
          <Choice label="For" value={uses} options={counts} onChange={setUses} />
          {link === null ? null : (
            <div className="invite-link">
              <TextField value={link.url} isReadOnly className="labelled">
                <Label>Link</Label>
                <Input className="input" onFocus={(event) => event.target.select()} />
              </TextField>
              <p className="hint">
                Good until <time dateTime={link.expiresAt}>{new Date(link.expiresAt).toLocaleString()}</time>.
              </p>
            </div>
          )}
          <p role="status">{said}</p>
          <div className="dialog-acts">
            <Button className="button quiet" onPress={close}>
              Close
            </Button>
            {link === null ? null : (
              <Button className="button" onPress={() => void copy()}>
                Copy
              </Button>
            )}
            <Button className="button go" onPress={() => void makeLink()}>
              {link === null ? 'Make a link' : 'Make another'}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
