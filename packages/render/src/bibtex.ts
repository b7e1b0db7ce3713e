import { plainLine } from '@stet/schema/line-breaks'
import { followableUrl } from '@stet/schema/link'
import type { Snapshot, Source } from '@stet/schema/snapshot'
import { citedWork, type WorkType } from './cited-work.ts'

type Entry = { readonly type: string; readonly key: string; readonly fields: readonly Field[] }
type Field = { readonly name: string; readonly value: string }

/** The sources as BibTeX, in UTF-8. */
export const renderBibtex = ({ sources }: Snapshot): string => sources.map(entryOf).map(entryText).join('\n')

/** Plain BibTeX knows neither threads nor videos: what it lacks is `misc` with the address. */
const TYPES: Readonly<Partial<Record<WorkType, string>>> = {
  'article-journal': 'article',
  'article-newspaper': 'article',
  book: 'book',
}

const entryOf = (source: Source): Entry => {
  const { type, author, container } = citedWork(source)
  const entryType = TYPES[type] ?? 'misc'
  const url = followableUrl(source.url)
  const fields: Record<string, string> = {
    // In braces of its own, a name is one name, and a title keeps its capitals.
    author: author === '' ? '' : `{${escaped(author)}}`,
    title: `{${escaped(source.title)}}`,
    [entryType === 'article' ? 'journal' : 'howpublished']: escaped(container),
    url: url === null ? '' : verbatimUrl(source.url),
    type: entryType === 'misc' ? escaped(source.kind) : '',
    abstract: escaped(source.description),
    note: escaped(source.claim),
  }
  return {
    type: entryType,
    key: source.id,
    fields: Object.entries(fields).flatMap(([name, value]) => (value === '' || value === '{}' ? [] : [{ name, value }])),
  }
}

const entryText = ({ type, key, fields }: Entry): string =>
  `@${type}{${key},${fields.map(({ name, value }) => `\n  ${name} = {${value}}`).join(',')}\n}\n`

const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // BibTeX counts braces even behind a backslash, so they are called by name.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

const escaped = (text: string): string =>
  plainLine(text)
    .replaceAll(/[\\{}~^&%$#_]/g, (character) => COMMANDS[character] ?? `\\${character}`)
    // Two of these would be a dash or a quotation mark.
    .replaceAll(/([-'`])(?=\1)/g, '$1{}')

/** An address is read as it stands, so what would end the field is written in the address's own code. */
const verbatimUrl = (url: string): string => url.replaceAll(/[\s{}\\]/g, encodeURIComponent)
