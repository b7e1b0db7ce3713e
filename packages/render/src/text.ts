import type { Timing } from '@stet/schema/lay-timeline'
import { displayUrl } from '@stet/schema/link'
import type { Block, Inline, Snapshot, Source } from '@stet/schema/snapshot'
import { formatClock, formatNumber, timelineOf } from '@stet/schema/timeline'

/**
 * The plain text of a dispatch or essay, which `importText` reads back. No newline at the end: the format has
 * none. What holds nothing (an empty turn of a draft, a part that is absent) takes no line.
 */
export const renderText = (snapshot: Snapshot): string =>
  (snapshot.kind === 'dispatch' ? dispatchLines(snapshot) : essayLines(snapshot)).join('\n')

const dispatchLines = (snapshot: Snapshot): string[] => {
  const timeline = timelineOf(snapshot)
  const written = snapshot.body.filter((block) => block.content.length > 0)
  const chapters = written.filter((block) => block.kind === 'chapter')
  const number = snapshot.number === null ? '' : ` ${formatNumber(snapshot.number)}`
  const date = snapshot.date === null ? '' : ` · ${snapshot.date}`
  return [
    `◆ Dispatch${number}${date}`,
    oneLine(snapshot.title),
    ...quoteLines(snapshot.quote),
    ...summaryLines(snapshot.summary),
    ...snapshot.topics.map((topic) => `- ${oneLine(topic)}`),
    ...(chapters.length > 0 ? ['Chapters'] : []),
    ...chapters.map((chapter) => `- ${clockOf(timeline.get(chapter.id))} ${oneLine(words(chapter.content))}`),
    ...sourcesLines(snapshot.sources),
    'Transcript',
    ...written.filter((block) => block.kind !== 'chapter').map((block) => turnLine(block, snapshot, timeline.get(block.id))),
  ]
}

const quoteLines = (quote: Snapshot['quote']): string[] => {
  if (quote === null) return []
  const attribution = quote.role === '' ? quote.name : `${quote.name}, ${quote.role}`
  return [`“${oneLine(quote.text)}”`, ...(attribution === '' ? [] : [`— ${oneLine(attribution)}`])]
}

const summaryLines = (summary: string): string[] => {
  const lines = summary.split(/\r\n|\r|\n/)
  while (lines[0]?.trim() === '') lines.shift()
  while (lines.at(-1)?.trim() === '') lines.pop()
  return lines
}

/** A block that is no turn has no place in a transcript; its words stand there all the same. */
const turnLine = (block: Block, snapshot: Snapshot, timing: Timing | undefined): string => {
  const said = oneLine(words(block.content))
  if (block.kind !== 'turn') return said
  const name = snapshot.speakers.find((speaker) => speaker.id === block.speaker)?.name ?? ''
  return `${clockOf(timing)} ${oneLine(name)}${said}`
}

const clockOf = (timing: Timing | undefined): string => formatClock(timing?.start ?? 0)

/** The "-" that parts two sources belongs to the second, and the first one's is glued to the count. */
const sourcesLines = (sources: readonly Source[]): string[] => {
  if (sources.length === 0) return []
  const parted = sources.flatMap((source, index) => [...(index > 0 ? ['-'] : []), ...sourceLines(source, index)])
  return ['Sources', `${sources.length} cited-`, ...parted]
}

const sourceLines = (source: Source, index: number): string[] => {
  const head = source.publisher === '' ? source.kind : `${source.kind} ${source.publisher}`
  return [
    String(index + 1),
    source.title,
    source.description === '' ? head : `${head} — ${source.description}`,
    source.claim,
    `${displayUrl(source.url)} →Details`,
    ...(source.citedText === '' ? [] : ['- Cited text', source.citedText]),
    ...(source.context === '' ? [] : ['- Context', `- ${source.context}`]),
    ...(source.keyPoints.length === 0 ? [] : ['- Key points', ...source.keyPoints.map((point) => `- ${point}`)]),
    ...(source.tier === null ? [] : ['- Provenance', `- ${source.kind} · ${capitalised(source.tier)} source`]),
  ].map(oneLine)
}

const essayLines = (snapshot: Snapshot): string[] => [
  oneLine(snapshot.title),
  ...bylineLines(snapshot.byline),
  ...snapshot.body.filter((block) => block.content.length > 0).flatMap(essayBlockLines),
  ...(snapshot.sources.length === 0 ? [] : [`Sources: ${snapshot.sources.map(essaySource).join(', ')}`]),
]

const bylineLines = (byline: Snapshot['byline']): string[] => {
  const written = [byline?.role ?? '', byline?.handle ?? ''].filter((part) => part !== '').join(' ')
  return written === '' ? [] : [`by ${oneLine(written)}`]
}

const essayBlockLines = (block: Block): string[] => {
  const text = words(block.content)
  if (block.kind === 'bullet') return brokenLines(`- ${text}`)
  return block.kind === 'quote' ? brokenLines(`“${text}”`) : brokenLines(text)
}

/** A break is kept where the importer knows it for one: in the middle of a sentence. Elsewhere it would begin a new block. */
const brokenLines = (text: string): string[] => {
  const lines: string[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const before = lines.at(-1)
    const isBreak = before !== undefined && /^\p{Ll}/u.test(line) && !/[.?!:;…][”’"')\]]*$/u.test(before)
    if (before === undefined || isBreak) lines.push(line)
    else lines[lines.length - 1] = `${before} ${line}`
  }
  return lines
}

const essaySource = ({ title, description }: Source): string => oneLine(description === '' ? title : `${title} (${description})`)

/** Cues show in their brackets. */
const words = (inlines: readonly Inline[]): string =>
  inlines.map((inline) => (inline.type === 'text' ? inline.text : `[${inline.cue}]`)).join('')

const oneLine = (text: string): string => text.replaceAll(/\r\n|\r|\n/g, ' ')

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
