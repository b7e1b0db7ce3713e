import { createContext, use, useEffect, useLayoutEffect, useRef } from 'react'
import type { CommandRegistry, DeskCommand } from './desk-command.ts'

export const CommandsContext = createContext<CommandRegistry | null>(null)

export const useCommandRegistry = (): CommandRegistry => {
  const registry = use(CommandsContext)
  if (registry === null) throw new Error('this stands on an open desk')
  return registry
}

/** Offers commands for as long as this part of the page stands. Where there is no desk, nobody asks for them. */
export const useCommands = (commands: () => readonly DeskCommand[]): void => {
  const registry = use(CommandsContext)
  const latest = useRef(commands)
  useLayoutEffect(() => {
    latest.current = commands
  })
  useEffect(() => registry?.offer(() => latest.current()), [registry])
}
