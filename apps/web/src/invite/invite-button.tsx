import { lazy, Suspense, useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'

const InviteDialog = lazy(() => import('./invite-dialog.tsx'))

export const InviteButton = () => {
  const [isOpen, setOpen] = useState(false)
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
