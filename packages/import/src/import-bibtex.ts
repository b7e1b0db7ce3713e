import { isIncompleteUrl } from '@stet/schema/link'
import type { Source } from '@stet/schema/snapshot'
import { type BibEntry, readEntries } from './bibtex-entries.ts'
import { checkedSources, type SourcesResult } from './import-outcome.ts'
import { readLines } from './line-reader.ts'
import { publisherOf } from './publisher-of.ts'
import { texWords } from './tex-words.ts'

/** Sources from BibTeX. */
export const importBibtex = (text: string): SourcesResult => {
  const lines = readLines(text)
  const entries = readEntries(text.replace(/^\uFEFF/, ''), (expected, line) => lines.fail(expected, line))
  if (entries.length === 0) lines.fail('an entry ("@article{key, title = {...}}")')
  return checkedSources(
    lines,
    entries.map((entry, index) => {
      lines.note(entry.line, 'sources', index)
      return sourceOf(entry, index)
    }),
  )
}

const KINDS: Readonly<Record<string, string>> = {
  article: 'Article',
  book: 'Book',
  dataset: 'Data',
  inbook: 'Book',
  incollection: 'Book',
  inproceedings: 'Paper',
  online: 'Website',
  phdthesis: 'Paper',
  techreport: 'Document',
  video: 'Video',
}

const sourceOf = ({ type, fields }: BibEntry, index: number): Source => {
  const words = (name: string) => texWords(fields.get(name) ?? '')
  const howPublished = fields.get('howpublished') ?? ''
  const doi = words('doi')
  const url =
    verbatim(fields.get('url') ?? /\\url\{([^}]*)\}/.exec(howPublished)?.[1] ?? '') ||
    (doi === '' ? '' : `https://doi.org/${doi}`)
  const outlets = ['journal', 'journaltitle', 'booktitle', 'organization', 'institution', 'publisher'].map(words)
  const outlet = [...outlets, howPublished.includes('\\url') ? '' : texWords(howPublished)].find((name) => name !== '') ?? ''
  const kind = words('type')
  return {
    id: `s${index + 1}`,
    title: words('title'),
    kind: kind !== '' && !/\s/.test(kind) ? kind : (KINDS[type] ?? ''),
    tier: null,
    publisher: publisherOf(namesIn(fields.get('author') ?? fields.get('editor') ?? ''), outlet),
    description: words('abstract'),
    claim: words('note'),
    url,
    urlIncomplete: isIncompleteUrl(url),
    citedText: '',
    context: '',
    keyPoints: [],
  }
}

/** An address is not TeX, but some escape its signs all the same. */
const verbatim = (url: string): string => url.replaceAll(/\\(?=[%&#_~$])/g, '').trim()

/** `Vale, Ines and {Coast Board}`; what stands in braces of its own is one name. */
const namesIn = (authors: string): string[] =>
  splitOutsideBraces(authors).map((author) => {
    if (/^\{.*\}$/s.test(author.trim())) return texWords(author)
    const [family = '', ...rest] = author.split(',')
    const given = rest.at(-1)
    return texWords(given === undefined ? author : `${given.trim()} ${family.trim()}`)
  })

const splitOutsideBraces = (authors: string): string[] => {
  const names = ['']
  let depth = 0
  for (const part of authors.split(/(\s+and\s+|[{}])/)) {
    if (part === '{') depth += 1
    if (part === '}') depth -= 1
    if (depth === 0 && /^\s+and\s+$/.test(part)) names.push('')
    else names[names.length - 1] += part
  }
  return names
}
