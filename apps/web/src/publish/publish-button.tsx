import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useCommands } from '../commands/commands-context.ts'
import type { Place } from '../desk/place.ts'
import { later } from '../react/later.tsx'

const PublishDialog = later(async () => (await import('./publish-dialog.tsx')).PublishDialog)

const WithdrawDialog = later(async () => (await import('./withdraw-dialog.tsx')).WithdrawDialog)

type Props = {
  readonly jump: (place: Place) => void
  /** The revision that readers have; null while they have none. */
  readonly shown: number | null
}

/** Publishing, and taking back what was published. */
export const PublishButton = ({ jump, shown }: Props) => {
  const [isOpen, setOpen] = useState(false)
  // The revision that is to be withdrawn stays the one that one was asked about.
  const [toWithdraw, setToWithdraw] = useState<number | null>(null)
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
    ...(shown === null
      ? []
      : [
          {
            id: 'withdraw',
            label: 'Withdraw from readers…',
            group: 'Dispatch' as const,
            keys: [],
            heard: 'anywhere' as const,
            words: 'unpublish retract take back',
            run: () => setToWithdraw(shown),
          },
        ]),
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
      {isOpen ? (
        <PublishDialog
          jump={leaveFor}
          close={() => setOpen(false)}
          onWithdraw={
            shown === null
              ? null
              : () => {
                  setOpen(false)
                  setToWithdraw(shown)
                }
          }
        />
      ) : null}
      {toWithdraw === null ? null : <WithdrawDialog revision={toWithdraw} close={() => setToWithdraw(null)} />}
    </>
  )
}
