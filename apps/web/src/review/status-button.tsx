import type { Person } from '@stet/schema/contract/people'
import { stepsFrom } from '@stet/schema/status'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useCommands } from '../commands/commands-context.ts'
import { later } from '../react/later.tsx'
import { ACT_WORDS, mayTake } from './review-acts.ts'
import { standingWords } from './review-words.ts'
import { useStatus } from './use-status.ts'

const ReviewDialog = later(async () => (await import('./review-dialog.tsx')).ReviewDialog)

/** Where the dispatch stands, in the bar; opens who brought it there, and what can be said of it. */
export const StatusButton = ({ person }: { person: Person }) => {
  const { standing, learn } = useStatus()
  const [isOpen, setOpen] = useState(false)
  const open = () => setOpen(true)
  useCommands(() =>
    standing === null
      ? []
      : [
          { id: 'review', label: 'Review…', group: 'Dispatch', keys: [], heard: 'anywhere', words: 'status approval', run: open },
          ...stepsFrom(standing.stage)
            .filter((act) => mayTake(person, act))
            .map((act) => ({
              id: `review ${act}`,
              label: `${ACT_WORDS[act]}…`,
              group: 'Dispatch' as const,
              keys: [],
              heard: 'anywhere' as const,
              words: 'review status',
              run: open,
            })),
        ],
  )
  if (standing === null) return null
  const words = standingWords(standing)
  return (
    <>
      <Button
        className="status-button"
        data-stage={standing.stage}
        aria-label={`Review: ${words}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={open}
      >
        {words}
      </Button>
      {isOpen ? <ReviewDialog standing={standing} person={person} learn={learn} close={() => setOpen(false)} /> : null}
    </>
  )
}
