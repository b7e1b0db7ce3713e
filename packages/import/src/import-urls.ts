import type { Source } from '@stet/schema/snapshot'
import { emptySource } from './empty-source.ts'
import { checkedSources, type SourcesResult } from './import-outcome.ts'
import { readLines } from './line-reader.ts'

/** Sources from a list of addresses, one a line; a bullet or a number may stand before each. */
export const importUrls = (text: string): SourcesResult => {
  const lines = readLines(text)
  const sources: Source[] = []
  for (let next = lines.peek(); next !== null; next = lines.peek()) {
    const url = urlOf(next)
    if (next.trim() !== '' && url === null) lines.fail('an address ("https://...")')
    lines.take('sources', sources.length)
    if (url !== null) sources.push({ ...emptySource, id: `s${sources.length + 1}`, url })
  }
  if (sources.length === 0) lines.fail('an address ("https://...")')
  return checkedSources(lines, sources)
}

/** Every line is an address or empty. */
export const isUrlList = (text: string): boolean => {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => urlOf(line) !== null)
}

const urlOf = (line: string): string | null => {
  const bare = line
    .replace(/^\uFEFF/, '')
    .replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '')
    .trim()
    .replace(/^<(.*)>$/, '$1')
  return /^https?:\/\/\S+$/i.test(bare) && URL.canParse(bare) ? bare : null
}
