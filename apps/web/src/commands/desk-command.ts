/** Something that one can do at the desk, with its keys. */
export type DeskCommand = {
  readonly id: string
  readonly label: string
  readonly group: CommandGroup
  /** As `Mod-Shift-c`: `Mod` is Command on a Mac, Control elsewhere. */
  readonly keys: readonly string[]
  /** Where its keys are heard. The script hears those of its own commands by itself. */
  readonly heard: 'anywhere' | 'in the script' | 'by the script'
  /** Found by these words too. */
  readonly words?: string
  readonly run: () => void
}

export const COMMAND_GROUPS = [
  'Blocks',
  'Kind of block',
  'Marks',
  'Times',
  'Script',
  'Sources',
  'Go to',
  'Dispatch',
  'Show',
] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

export type CommandRegistry = ReturnType<typeof createCommandRegistry>

/**
 * What can be done here and now. Each part of the desk offers its own commands while it stands, and is asked anew each
 * time, so that it offers only what applies.
 */
export const createCommandRegistry = () => {
  const offers = new Set<() => readonly DeskCommand[]>()
  /** In the order of the groups. */
  const all = (): readonly DeskCommand[] =>
    [...offers]
      .flatMap((commands) => commands())
      .sort((a, b) => COMMAND_GROUPS.indexOf(a.group) - COMMAND_GROUPS.indexOf(b.group))
  return {
    all,

    /** Does nothing when nobody offers it now. */
    run: (id: string): void =>
      all()
        .find((command) => command.id === id)
        ?.run(),

    offer: (commands: () => readonly DeskCommand[]): (() => void) => {
      offers.add(commands)
      return () => void offers.delete(commands)
    },
  }
}
