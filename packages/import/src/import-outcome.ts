import { problemsOf } from '@stet/schema/finding'
import { Content, Source } from '@stet/schema/snapshot'
import { z } from 'zod'
import type { Fault, LineReader } from './line-reader.ts'

export type ImportResult = { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly fault: Fault }
export type SourcesResult =
  | { readonly ok: true; readonly sources: readonly Source[] }
  | { readonly ok: false; readonly fault: Fault }

/** `line 12: found "7 cited-", expected "8 cited-", since so many sources follow` */
export const formatFault = ({ line, found, expected }: Fault): string => `line ${line}: found ${found}, expected ${expected}`

type Places = Pick<LineReader, 'fault' | 'lineOf' | 'found'>

/** What was read if it is sound. Every value notes its line, so what only the schema refuses (a length, say) has a place too. */
export const checkedContent = (lines: Places, content: Content): ImportResult => {
  const fault = lines.fault()
  if (fault !== null) return { ok: false, fault }
  const checked = Content.safeParse(content)
  return checked.success ? { ok: true, content: checked.data } : { ok: false, fault: faultOf(lines, checked.error, []) }
}

/** The same of sources alone; these note their lines as `['sources', 3, ...]`. */
export const checkedSources = (lines: Places, sources: readonly Source[]): SourcesResult => {
  const fault = lines.fault()
  if (fault !== null) return { ok: false, fault }
  const checked = z.array(Source).safeParse(sources)
  return checked.success ? { ok: true, sources: checked.data } : { ok: false, fault: faultOf(lines, checked.error, ['sources']) }
}

const faultOf = (lines: Places, error: z.ZodError, under: readonly string[]): Fault => {
  const [problem] = problemsOf(error)
  const line = lines.lineOf([...under, ...(problem?.path ?? [])])
  // Schema messages say "expected ..." already.
  return { line, found: lines.found(line), expected: (problem?.message ?? 'a valid value').replace(/^expected /, '') }
}
