import { Button } from 'react-aria-components'
import { useObserved } from '../react/use-observed.ts'
import { useDesk } from './desk-context.ts'
import type { Aside } from './side-panels.tsx'

/** On a phone one of these has the screen at a time. */
export type Panel = 'script' | 'outline' | Aside

const panels: readonly { readonly id: Panel; readonly name: string }[] = [
  { id: 'script', name: 'Script' },
  { id: 'outline', name: 'Outline' },
  { id: 'sources', name: 'Sources' },
  { id: 'checks', name: 'Checks' },
  { id: 'speakers', name: 'Speakers' },
  { id: 'removed', name: 'Removed' },
  { id: 'history', name: 'History' },
]

export const BottomBar = ({ panel, onPanel }: { panel: Panel; onPanel: (panel: Panel) => void }) => {
  const { meta } = useDesk().replica.dispatch
  useObserved(meta)
  const shown = meta.get('kind') === 'essay' ? panels.filter(({ id }) => id !== 'speakers') : panels
  return (
    <nav className="bottom-bar" aria-label="Parts of the desk">
      {shown.map(({ id, name }) => (
        <Button key={id} className="bottom-tab" aria-current={id === panel} onPress={() => onPanel(id)}>
          {name}
        </Button>
      ))}
    </nav>
  )
}
