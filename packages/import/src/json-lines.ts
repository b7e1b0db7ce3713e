import { findNodeAtLocation, getNodeValue, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { lineIndex } from './line-index.ts'
import type { Fault } from './line-reader.ts'

/** A JSON text with the lines on which its values stand. */
export type JsonLines = {
  readonly value: unknown
  readonly fault: () => Fault | null
  /** Records a fault on the line of the value at `path`. */
  readonly fail: (expected: string, path: Path) => void
  /** Notes that what is read from one path of the file is told of by another. */
  readonly note: (line: number, ...path: Path) => void
  readonly lineOf: (path: Path) => number
  readonly found: (line: number) => string
}
type Path = ReadonlyArray<string | number>

export const readJson = (text: string): JsonLines => {
  const bare = text.replace(/^\uFEFF/, ' ')
  const errors: ParseError[] = []
  const tree = parseTree(bare, errors, { disallowComments: true })
  const written = bare.split(/\r\n|\r|\n/)
  const lineAt = lineIndex(bare)
  const found = (line: number) => {
    const shown = [...(written[line - 1] ?? '').trim()]
    if (shown.length === 0) return line > written.length ? 'the end of the file' : 'an empty line'
    return `"${shown.length > SHOWN ? `${shown.slice(0, SHOWN - 1).join('')}…` : shown.join('')}"`
  }
  const noted = new Map<string, number>()
  const lineOf = (path: Path): number => {
    for (let length = path.length; length >= 0; length--) {
      const part = path.slice(0, length)
      const line = noted.get(JSON.stringify(part))
      if (line !== undefined) return line
      const node = tree === undefined ? undefined : findNodeAtLocation(tree, [...part])
      if (node !== undefined && length > 0) return lineAt(node.offset)
    }
    return 1
  }
  const [error] = errors
  let fault: Fault | null = null
  if (error !== undefined) {
    const line = lineAt(error.offset)
    fault = { line, found: found(line), expected: `JSON (${words(printParseErrorCode(error.error))})` }
  }
  return {
    value: tree === undefined || fault !== null ? null : getNodeValue(tree),
    fault: () => fault,
    fail: (expected, path) => {
      const line = lineOf(path)
      fault ??= { line, found: found(line), expected }
    },
    note: (line, ...path) => {
      noted.set(JSON.stringify(path), line)
    },
    lineOf,
    found,
  }
}

const SHOWN = 80

/** `CommaExpected` -> `comma expected` */
const words = (code: string): string => code.replaceAll(/(?<!^)([A-Z])/g, ' $1').toLowerCase()
