import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useCommands } from '../commands/commands-context.ts'
import { later } from '../react/later.tsx'

const InviteDialog = later(async () => (await import('./invite-dialog.tsx')).InviteDialog)

export const InviteButton = ({ onClosed = () => {} }: { readonly onClosed?: () => void }) => {
  const [isOpen, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    onClosed()
  }
  useCommands(() => [
    {
      id: 'invite',
      label: 'Invite…',
      group: 'Show',
      keys: [],
      heard: 'anywhere',
      words: 'people link',
      run: () => setOpen(true),
    },
  ])
  return (
    <>
      <Button className="button" aria-haspopup="dialog" aria-expanded={isOpen} onPress={() => setOpen(true)}>
        Invite
      </Button>
      {isOpen ? <InviteDialog close={close} /> : null}
    </>
  )
}
