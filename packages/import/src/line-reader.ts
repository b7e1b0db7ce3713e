/** Where a text stops following its format: the line, what stands there, and what would have been right. */
export type Fault = { readonly line: number; readonly found: string; readonly expected: string }

/**
 * Reads a text line by line. The first fault sticks: after it the reader is at its end, so the sections
 * that follow come out empty without each having to ask, and the whole outcome is judged once.
 */
export type LineReader = {
  /** The line `ahead` lines after the next one; null past the end and after a fault. */
  readonly peek: (ahead?: number) => string | null
  /** The number of the next line, from 1. */
  readonly number: () => number
  /** Reads one line ('' at the end) and notes that the value at `path` stands there. */
  readonly take: (...path: ReadonlyArray<string | number>) => string
  /** Notes that the value at `path` stands on a line read before. */
  readonly note: (line: number, ...path: ReadonlyArray<string | number>) => void
  /** Records a fault on the next line, or on an earlier one. */
  readonly fail: (expected: string, line?: number) => void
  readonly fault: () => Fault | null
  /** The line of the value at `path`, or of the nearest value around it. */
  readonly lineOf: (path: ReadonlyArray<string | number>) => number
  /** What stands on a line, said shortly. */
  readonly found: (line: number) => string
}

const SHOWN = 80

export const readLines = (text: string): LineReader => {
  const lines = linesOf(text)
  const noted = new Map<string, number>()
  let index = 0
  let fault: Fault | null = null

  const found = (line: number) => {
    const text = lines[line - 1]
    if (text === undefined) return 'the end of the file'
    return text.trim() === '' ? 'an empty line' : quoted(text)
  }
  const note: LineReader['note'] = (line, ...path) => {
    noted.set(JSON.stringify(path), line)
  }
  return {
    peek: (ahead = 0) => (fault === null ? (lines[index + ahead] ?? null) : null),
    number: () => index + 1,
    take: (...path) => {
      if (fault !== null || index >= lines.length) return ''
      if (path.length > 0) note(index + 1, ...path)
      const line = lines[index] ?? ''
      index += 1
      return line
    },
    note,
    fail: (expected, line = index + 1) => {
      fault ??= { line, found: found(line), expected }
    },
    fault: () => fault,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length--) {
        const line = noted.get(JSON.stringify(path.slice(0, length)))
        if (line !== undefined) return line
      }
      return 1
    },
    found,
  }
}

/** A byte order mark, CRLF and one newline at the end are habits of editors, not part of the text. */
const linesOf = (text: string): string[] => {
  const bare = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '')
  return bare === '' ? [] : bare.split('\n')
}

const quoted = (line: string): string => {
  const characters = [...line]
  return `"${characters.length > SHOWN ? `${characters.slice(0, SHOWN - 1).join('')}…` : line}"`
}
