import { problemsOf } from '@stet/schema/finding'
import { plainLine } from '@stet/schema/line-breaks'
import { isIncompleteUrl } from '@stet/schema/link'
import type { Source } from '@stet/schema/snapshot'
import { z } from 'zod'
import { checkedSources, type SourcesResult } from './import-outcome.ts'
import type { JsonLines } from './json-lines.ts'
import { publisherOf } from './publisher-of.ts'

const text = z.union([z.string(), z.number().transform(String)], 'expected text').optional()
const Name = z.object({ literal: text, family: text, given: text, 'non-dropping-particle': text })
const texts = z.record(z.string(), z.unknown())

/** What we read of CSL-JSON; other fields may stand there. */
const Item = z.object({
  type: z.string('expected the type of the work'),
  title: text,
  author: z.array(Name).optional(),
  'container-title': text,
  publisher: text,
  URL: text,
  DOI: text,
  abstract: text,
  note: text,
  custom: texts.optional(),
})
const Items = z.array(Item, 'expected a list of works').min(1, 'expected a work')
type Item = z.infer<typeof Item>

export const isCsl = (value: unknown): boolean => Array.isArray(value)

/** Sources from CSL-JSON, as reference managers write it. */
export const importCsl = (json: JsonLines): SourcesResult => {
  const read = Items.safeParse(json.value)
  if (!read.success) {
    const [problem] = problemsOf(read.error)
    json.fail((problem?.message ?? 'a list of works').replace(/^expected /, ''), problem?.path ?? [])
  }
  const sources = (read.data ?? []).map(sourceOf)
  for (const [index] of sources.entries()) json.note(json.lineOf([index]), 'sources', index)
  return checkedSources(json, sources)
}

/** The kinds of sources that types of CSL are; others have none. */
const KINDS: Readonly<Record<string, string>> = {
  article: 'Paper',
  'article-journal': 'Paper',
  'article-magazine': 'Article',
  'article-newspaper': 'Article',
  book: 'Book',
  broadcast: 'Audio',
  chapter: 'Book',
  dataset: 'Data',
  document: 'Document',
  interview: 'Interview',
  motion_picture: 'Video',
  post: 'Thread',
  'post-weblog': 'Article',
  report: 'Document',
  webpage: 'Website',
}

const sourceOf = (item: Item, index: number): Source => {
  const own = item.custom ?? {}
  const isOurs = OWN_FIELDS.some((field) => Object.hasOwn(own, field))
  const string = (field: string) => (typeof own[field] === 'string' ? own[field] : '')
  const url = item.URL ?? (item.DOI === undefined ? string('address') : `https://doi.org/${item.DOI}`)
  const kind = Object.hasOwn(KINDS, item.type) ? (KINDS[item.type] ?? '') : ''
  const tier = string('tier')
  return {
    id: `s${index + 1}`,
    title: plainLine(item.title ?? ''),
    kind: isOurs ? string('kind') : kind,
    tier: tier === 'primary' || tier === 'supporting' ? tier : null,
    publisher: publisherOf((item.author ?? []).map(nameOf), item['container-title'] ?? item.publisher ?? ''),
    description: plainLine(item.abstract ?? ''),
    claim: plainLine(item.note ?? ''),
    url: url.trim(),
    urlIncomplete: isIncompleteUrl(url),
    citedText: string('citedText'),
    context: string('context'),
    keyPoints: Array.isArray(own['keyPoints'])
      ? own['keyPoints'].map((point) => plainLine(String(point))).filter((point) => point !== '')
      : [],
  }
}

const OWN_FIELDS = ['kind', 'tier', 'citedText', 'context', 'keyPoints', 'address']

const nameOf = ({ literal, given, family, 'non-dropping-particle': particle }: z.infer<typeof Name>): string =>
  literal ?? [given, particle, family].filter((part) => part !== undefined && part !== '').join(' ')
