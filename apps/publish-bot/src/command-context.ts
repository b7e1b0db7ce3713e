import type { ApiClient } from '@stet/schema/contract/client'
import type { Terminal } from './terminal.ts'

/** What every command works with. */
export type CommandContext = {
  readonly api: ApiClient
  readonly origin: string
  /** Paths that the person typed start here. */
  readonly folder: string
  readonly terminal: Terminal
  /** Puts a question to the person; null where nobody sits there. */
  readonly ask: ((question: string) => Promise<string>) | null
}
