import { useState } from 'react'
import { commandChoices } from '../commands/command-choices.ts'
import { useCommandRegistry, useCommands } from '../commands/commands-context.ts'
import type { DeskCommand } from '../commands/desk-command.ts'
import { later, useAhead } from '../react/later.tsx'
import type { PickerProps } from './picker.tsx'
import { PickerBox } from './picker-box.tsx'
import { useWayBack } from './way-back.ts'

const Picker = later<PickerProps & { readonly onEnter: () => void }>(async () => (await import('./picker.tsx')).Picker, PickerBox)

/** Mod-K: everything that can be done at the desk, by its name. Afterwards one is where one was. */
export const CommandPalette = () => {
  useAhead(Picker)
  const registry = useCommandRegistry()
  const [offered, setOffered] = useState<readonly DeskCommand[] | null>(null)
  const [query, setQuery] = useState('')
  const [isEntered, setEntered] = useState(false)
  const { leaveFor, remember } = useWayBack(offered !== null)

  useCommands(() => [
    {
      id: 'palette',
      label: 'All commands',
      group: 'Script',
      keys: ['Mod-k'],
      heard: 'anywhere',
      run: () => {
        remember()
        setQuery('')
        setEntered(false)
        setOffered(registry.all().filter(({ id }) => id !== 'palette'))
      },
    },
  ])
  if (offered === null) return null
  return (
    <Picker
      label="Commands"
      placeholder="What would you like to do?"
      query={query}
      onQuery={setQuery}
      isEntered={isEntered}
      onEnter={() => setEntered(true)}
      nothing="There is no such command here."
      choices={(typed) => commandChoices(offered, typed, navigator.platform)}
      onPick={({ id }) => {
        leaveFor(offered.find((command) => command.id === id)?.run ?? null)
        setOffered(null)
      }}
      onClose={() => setOffered(null)}
    />
  )
}
