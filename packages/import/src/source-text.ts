import type { Source, SourceTier } from '@stet/schema/snapshot'
import type { LineReader } from './line-reader.ts'
import { shownUrl } from './shown-url.ts'

const PROVENANCE = /^- (\S*) · (Primary|Supporting) source$/
const LINK_END = ' →Details'

/** `{n} cited-`, then each source; "-" stands alone between two of them. */
export const readSources = (lines: LineReader): Source[] => {
  if (lines.peek() !== 'Sources') return []
  lines.take()
  const count = /^([1-9]\d{0,3}) cited-$/.exec(lines.peek() ?? '')
  if (count === null) {
    lines.fail('the number of sources ("3 cited-")')
    return []
  }
  const countLine = lines.number()
  lines.take()
  const sources: Source[] = []
  do sources.push(readSource(lines, sources.length))
  while (lines.peek() === '-' && lines.take() === '-')
  // Counting sources makes sense only where they end as they should.
  if (lines.peek() === 'Transcript' && Number(count[1]) !== sources.length)
    lines.fail(`"${sources.length} cited-", since so many sources follow`, countLine)
  return sources
}

const readSource = (lines: LineReader, index: number): Source => {
  const take = (field: string) => lines.take('sources', index, field)
  if (lines.peek() !== String(index + 1)) lines.fail(`the number of the next source ("${index + 1}")`)
  lines.take('sources', index)

  const title = positional(lines, 'the title of the source') ? take('title') : ''
  const kindLine = lines.number()
  const described = positional(lines, 'a line "Kind Publisher — description"') ? readKindLine(take('kind')) : readKindLine('')
  lines.note(kindLine, 'sources', index, 'publisher')
  lines.note(kindLine, 'sources', index, 'description')
  const claim = positional(lines, 'the claim that rests on the source') ? take('claim') : ''
  if (lines.peek()?.endsWith(LINK_END) === false || lines.peek() === null)
    lines.fail('the link of the source, ending in " →Details"')
  const link = readLink(take('url'))

  const citedText = readDetail(lines, 'Cited text', 'the cited text, on one line')
  if (citedText !== null) lines.note(lines.number() - 1, 'sources', index, 'citedText')
  const context = readBullet(lines, 'Context', '"- " and the context')
  if (context !== null) lines.note(lines.number() - 1, 'sources', index, 'context')
  const keyPoints = readKeyPoints(lines, index)
  const tier = readProvenance(lines, described.kind)
  expectEnd(lines, index)
  return {
    id: `s${index + 1}`,
    title,
    ...described,
    claim,
    ...link,
    citedText: citedText ?? '',
    context: context ?? '',
    keyPoints,
    tier,
  }
}

/** Lines known by their place may be empty, but where a later part already stands, one is missing. */
const positional = (lines: LineReader, expected: string): boolean => {
  const next = lines.peek()
  if (next !== null && next !== 'Transcript' && next !== '-' && !next.endsWith(LINK_END) && !isDetailName(next)) return true
  lines.fail(expected)
  return false
}

const isDetailName = (line: string): boolean => ['- Cited text', '- Context', '- Key points', '- Provenance'].includes(line)

/** A description may hold a dash too, so the first one counts. */
const readKindLine = (line: string): Pick<Source, 'kind' | 'publisher' | 'description'> => {
  const [head, description] = splitAtFirst(line, ' — ')
  const [kind, publisher] = splitAtFirst(head, ' ')
  return { kind, publisher, description }
}

const splitAtFirst = (text: string, separator: string): [string, string] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}

const readLink = (line: string): Pick<Source, 'url' | 'urlIncomplete'> => shownUrl(line.slice(0, -LINK_END.length))

const readDetail = (lines: LineReader, name: string, expected: string): string | null => {
  if (lines.peek() !== `- ${name}`) return null
  lines.take()
  const next = lines.peek()
  if (next === null || next === '' || next === '-' || next === 'Transcript' || isDetailName(next)) {
    lines.fail(expected)
    return null
  }
  return lines.take()
}

const readBullet = (lines: LineReader, name: string, expected: string): string | null => {
  if (lines.peek() !== `- ${name}`) return null
  lines.take()
  if (!isBullet(lines.peek())) lines.fail(expected)
  return lines.take().slice(2)
}

const isBullet = (line: string | null): boolean => line !== null && /^- ./s.test(line) && !isDetailName(line)

const readKeyPoints = (lines: LineReader, index: number): string[] => {
  if (lines.peek() !== '- Key points') return []
  lines.take()
  if (!isBullet(lines.peek())) lines.fail('"- " and a key point, one or more')
  const keyPoints: string[] = []
  while (isBullet(lines.peek())) keyPoints.push(lines.take('sources', index, 'keyPoints', keyPoints.length).slice(2))
  return keyPoints
}

const readProvenance = (lines: LineReader, kind: string): SourceTier | null => {
  if (lines.peek() !== '- Provenance') return null
  lines.take()
  const match = PROVENANCE.exec(lines.peek() ?? '')
  if (match === null) lines.fail(`the provenance ("- ${kind} · Primary source" or "- ${kind} · Supporting source")`)
  else if (match[1] !== kind) lines.fail(`the kind that the source's second line gives ("${kind}")`)
  lines.take()
  return match?.[2] === 'Primary' ? 'primary' : 'supporting'
}

const expectEnd = (lines: LineReader, index: number) => {
  const next = lines.peek()
  if (next !== '-' && next !== 'Transcript')
    lines.fail(
      `the details of source ${index + 1} in their order (Cited text, Context, Key points, Provenance), then "-" or "Transcript"`,
    )
}
