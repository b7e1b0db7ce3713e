/** The two streams a command speaks to: results on one, everything else on the other. */
export type Terminal = {
  /** One line of result. */
  print: (line: string) => void
  /** Result bytes exactly as they are; nothing is added. */
  write: (bytes: Uint8Array) => void
  /** One line for the person who watches: notes and errors. */
  note: (line: string) => void
  /** Replaces the progress line; an empty text removes it. Says nothing where nobody watches. */
  progress: (text: string) => void
}

export type Stream = { write: (data: string | Uint8Array) => unknown; isTTY?: boolean }

export const createTerminal = (out: Stream, err: Stream): Terminal => {
  let progressShown = false
  const progress = (text: string) => {
    if (err.isTTY !== true || (text === '' && !progressShown)) return
    err.write(`\r\x1b[K${visible(text)}`)
    progressShown = text !== ''
  }
  return {
    print: (line) => {
      progress('')
      out.write(`${visible(line)}\n`)
    },
    write: (bytes) => {
      progress('')
      out.write(bytes)
    },
    note: (line) => {
      progress('')
      err.write(`${visible(line)}\n`)
    },
    progress,
  }
}

/** Titles come from other people: a control character in one must not steer the reader's terminal. */
const visible = (text: string): string => text.replace(/\p{Cc}/gu, '\u{fffd}')
