import type { Snapshot } from '@stet/schema/snapshot'
import { spokenText } from '@stet/schema/snapshot'
import { formatNumber } from '@stet/schema/timeline'

const LONGEST_DESCRIPTION = 200

/** `Dispatch 008`, `Essay`: what a reader calls it beside its title. */
export const designationOf = ({ kind, number }: Snapshot): string => {
  if (kind === 'essay') return 'Essay'
  return number === null ? 'Dispatch' : `Dispatch ${formatNumber(number)}`
}

/** `Founder @handle`, or '' where nobody is named. */
export const bylineOf = ({ byline }: Snapshot): string =>
  [byline?.role ?? '', byline?.handle ?? ''].filter((part) => part !== '').join(' ')

/** Whose words they are: the byline of an essay, the speakers of a dispatch. */
export const authorsOf = (snapshot: Snapshot): string[] => {
  const byline = bylineOf(snapshot)
  const names = byline === '' ? snapshot.speakers.map(({ name }) => name) : [byline]
  return names.filter((name) => name !== '')
}

/** A sentence or two for search results and lists: the summary, else the quote, else how the text begins. */
export const descriptionOf = (snapshot: Snapshot): string => {
  const opening = snapshot.body.find((block) => ['turn', 'paragraph', 'quote'].includes(block.kind) && block.content.length > 0)
  const candidates = [snapshot.summary, snapshot.quote?.text ?? '', spokenText(opening?.content ?? [])]
  const [text = ''] = candidates
    .map((candidate) => candidate.replaceAll(/\s+/g, ' ').trim())
    .filter((candidate) => candidate !== '')
  return shortened(text)
}

const shortened = (text: string): string => {
  if ([...text].length <= LONGEST_DESCRIPTION) return text
  const cut = [...text].slice(0, LONGEST_DESCRIPTION - 1).join('')
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_DESCRIPTION / 2))}…`
}
