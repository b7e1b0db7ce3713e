import { lazy, Suspense, useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { useCommands } from '../commands/commands-context.ts'

const InviteDialog = lazy(() => import('./invite-dialog.tsx'))

export const InviteButton = () => {
  const [isOpen, setOpen] = useState(false)
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
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className="button">Invite</Button>
      {isOpen ? (
        <Suspense>
          <InviteDialog />
        </Suspense>
      ) : null}
    </DialogTrigger>
  )
}
