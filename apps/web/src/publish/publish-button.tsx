import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useCommands } from '../commands/commands-context.ts'
import type { Place } from '../desk/place.ts'
import { later } from '../react/later.tsx'

const PublishDialog = later(async () => (await import('./publish-dialog.tsx')).PublishDialog)

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
    <>
      <Button className="button go" aria-haspopup="dialog" aria-expanded={isOpen} onPress={() => setOpen(true)}>
        Publish…
      </Button>
      {isOpen ? <PublishDialog jump={leaveFor} close={() => setOpen(false)} /> : null}
    </>
  )
}
