/** How a run of the bot can end: what a script may tell apart without reading the words. */
export const ExitCode = {
  ok: 0,
  /** A file with a fault, an unknown reference, or the server said no. */
  refused: 1,
  /** The command line, the environment or the disk. */
  usage: 2,
  /** Nobody answers, or what answers does not speak the contract. */
  network: 3,
} as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

export type Failure = { readonly code: ExitCode; readonly lines: readonly string[] }
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

export const done = <T>(value: T): Result<T> => ({ ok: true, value })
export const failed = (code: ExitCode, ...lines: string[]): { ok: false; failure: Failure } => ({
  ok: false,
  failure: { code, lines },
})
