import type { ApiClient } from '@stet/schema/contract/client'
import type { Terminal } from './terminal.ts'

/** What every command works with. */
export type CommandContext = {
  readonly api: ApiClient
  readonly origin: string
  readonly token: string
  /** Paths that the person typed start here. */
  readonly folder: string
  readonly terminal: Terminal
  /** Puts a question to the person; null where nobody sits there. */
  readonly ask: ((question: string) => Promise<string>) | null
  /** For a command that runs until it is stopped. */
  readonly live: () => Life
}

/** Of a run that goes on until it is told to stop. */
export type Life = {
  readonly stop: AbortSignal
  /** Calls back once; the answer cancels it. */
  readonly after: (milliseconds: number, act: () => void) => () => void
  /** Resolves after so many milliseconds, or at once when it is told to stop. */
  readonly pause: (milliseconds: number) => Promise<void>
  /** From 0 to 1. */
  readonly random: () => number
}
