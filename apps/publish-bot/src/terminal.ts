/** The two streams a command speaks to: results on one, everything else on the other. */
export type Terminal = {
  /** One line of result. */
  print: (line: string) => void
  /** Result bytes exactly as they are; nothing is added. */
  write: (bytes: Uint8Array) => void
  /** One line for the person who watches: notes and errors. */
  note: (line: string) => void
  /**
   * How far a long work is; null: it is over. Where somebody watches, a bar that the next one replaces; elsewhere (a log, CI) a line
   * every few seconds.
   */
  progress: (step: Progress | null) => void
}

/** `Made 512 of 1000`, `Fetched 12.3 of 48.2 MB` */
export type Progress = { readonly verb: string; readonly count: number; readonly all: number; readonly unit?: 'bytes' }

export type Stream = { write: (data: string | Uint8Array) => unknown; isTTY?: boolean }

/** Milliseconds. */
const LINE_EVERY = 5_000
const BAR_WIDTH = 24

/** `now`: milliseconds that only rise. */
export const createTerminal = (out: Stream, err: Stream, now: () => number): Terminal => {
  let isBarShown = false
  /** When a line of progress was due last; null while no long work is under way. */
  let saidAt: number | null = null

  const takeBarAway = () => {
    if (isBarShown) err.write('\r\x1b[K')
    isBarShown = false
  }
  const progress = (step: Progress | null) => {
    if (step === null) {
      takeBarAway()
      saidAt = null
    } else if (err.isTTY === true) {
      err.write(`\r\x1b[K${barOf(step)} ${wordsOf(step)}`)
      isBarShown = true
    } else {
      const time = now()
      saidAt ??= time
      if (time - saidAt < LINE_EVERY) return
      saidAt = time
      err.write(`${wordsOf(step)}\n`)
    }
  }
  return {
    print: (line) => {
      takeBarAway()
      out.write(`${visible(line)}\n`)
    },
    write: (bytes) => {
      takeBarAway()
      out.write(bytes)
    },
    note: (line) => {
      takeBarAway()
      err.write(`${visible(line)}\n`)
    },
    progress,
  }
}

const wordsOf = ({ verb, count, all, unit }: Progress): string =>
  visible(unit === 'bytes' ? `${verb} ${megabytes(count)} of ${megabytes(all)} MB` : `${verb} ${count} of ${all}`)

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1)

const barOf = ({ count, all }: Progress): string => {
  const full = Math.round((BAR_WIDTH * count) / Math.max(1, all))
  return `[${'='.repeat(full)}${' '.repeat(BAR_WIDTH - full)}]`
}

/** Titles come from other people: a control character in one must not steer the reader's terminal. */
const visible = (text: string): string => text.replace(/\p{Cc}/gu, '\u{fffd}')
