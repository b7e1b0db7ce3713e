import type { Content } from '@stet/schema/snapshot'
import { readDispatch } from './dispatch-text.ts'
import { readEssay } from './essay-text.ts'
import { checkedContent, type ImportResult } from './import-outcome.ts'
import { type Fault, type LineReader, readLines } from './line-reader.ts'

export type ImportOptions = {
  /** Names that turns may begin with. They go before names read from the text, and may hold capitals and spaces. */
  readonly speakers?: readonly string[]
}

/** Reads a dispatch or an essay from its plain text. Nothing is guessed past the first line that does not fit. */
export const importText = (text: string, options: ImportOptions = {}): ImportResult => {
  const lines = readLines(text)
  const content = readContent(lines, options.speakers ?? [])
  return content === null ? { ok: false, fault: lines.fault() ?? nothingRead } : checkedContent(lines, content)
}

const readContent = (lines: LineReader, speakers: readonly string[]): Content | null => {
  const first = lines.peek() ?? ''
  if (first.trim() === '') lines.fail('the header of a dispatch ("◆ Dispatch 001 · 2026-01-31") or the title of an essay')
  else if (first.startsWith('◆')) return readDispatch(lines, speakers)
  else if (/^by \S/.test(lines.peek(1) ?? '')) return readEssay(lines)
  // Without its mark it is still meant for a dispatch, and its header is what to correct.
  else if (/^dispatch\s+\d/i.test(first)) return readDispatch(lines, speakers)
  else {
    lines.take()
    lines.fail('the byline of an essay ("by Editor @handle"); a dispatch begins with "◆ Dispatch 001 · 2026-01-31"')
  }
  return null
}

const nothingRead: Fault = { line: 1, found: 'nothing that can be read', expected: 'a dispatch or an essay' }
