import { useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { useCommands } from '../commands/commands-context.ts'
import type { Place } from '../desk/place.ts'
import { PublishDialog } from './publish-dialog.tsx'

export const PublishButton = ({ jump }: { jump: (place: Place) => void }) => {
  const [isOpen, setOpen] = useState(false)
  useCommands(() => [
    {
      id: 'publish',
      label: 'Publish…',
      group: 'Dispatch',
      keys: [],
      heard: 'anywhere',
      words: 'revision release',
      run: () => setOpen(true),
    },
  ])
  const leaveFor = (place: Place) => {
    setOpen(false)
    // The dialog gives the focus back to its button first; then it goes where it was asked to.
    setTimeout(() => jump(place), 50)
  }
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className="button go">Publish…</Button>
      {isOpen ? <PublishDialog jump={leaveFor} close={() => setOpen(false)} /> : null}
    </DialogTrigger>
  )
}
