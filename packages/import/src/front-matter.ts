import { problemsOf } from '@stet/schema/finding'
import { Byline, CalendarDate, PullQuote } from '@stet/schema/snapshot'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { LineReader } from './line-reader.ts'

/** What stands above the Markdown of a dispatch or essay; all but the title may be absent. */
const FrontMatter = z.strictObject({
  title: z.string().default(''),
  kind: z.enum(['dispatch', 'essay']).default('dispatch'),
  number: z.int().min(1).nullable().default(null),
  date: CalendarDate.nullable().default(null),
  language: z.string().default('en'),
  byline: Byline.nullable().default(null),
  quote: PullQuote.nullable().default(null),
  summary: z.string().default(''),
  topics: z.array(z.string()).default([]),
  speakers: z.array(z.string()).default([]),
  chapters: z.array(z.strictObject({ start: z.string(), title: z.string() })).default([]),
})
export type FrontMatter = z.infer<typeof FrontMatter>

/** Reads up to the second "---"; null after a fault. */
export const readFrontMatter = (lines: LineReader): FrontMatter | null => {
  if (lines.peek()?.trimEnd() !== '---') {
    lines.fail('"---", and the title and kind under it')
    return null
  }
  lines.take()
  const above = lines.number() - 1
  const written: string[] = []
  while (lines.peek() !== null && lines.peek()?.trimEnd() !== '---') written.push(lines.take())
  if (lines.peek() === null) {
    lines.fail('"---" where the front matter ends')
    return null
  }
  lines.take()

  const yaml = parseDocument(written.join('\n'))
  const [error] = yaml.errors
  if (error !== undefined) {
    lines.fail(`YAML: ${error.message.split('\n')[0]?.replace(/ at line.*$/, '')}`, above + (error.linePos?.[0].line ?? 1))
    return null
  }
  const read = FrontMatter.safeParse(yaml.toJS() ?? {})
  if (read.success) return read.data
  const [problem] = problemsOf(read.error)
  const key = String(problem?.path[0] ?? '')
  const at = written.findIndex((line) => line.startsWith(`${key}:`))
  lines.fail(`${key === '' ? '' : `${key}: `}${(problem?.message ?? '').replace(/^expected /, '')}`, above + Math.max(at, 0) + 1)
  return null
}
