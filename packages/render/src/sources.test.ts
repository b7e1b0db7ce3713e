import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-csl'
import { plainLine } from '@stet/schema/line-breaks'
import type { Snapshot, Source } from '@stet/schema/snapshot'
import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderBibtex } from './bibtex.ts'
import { renderCslJson } from './csl-json.ts'
import { hostileLine, hostileText } from './hostile.fixture.ts'
import { lighthouse } from './lighthouse.fixture.ts'
import { renderSourcesCsv } from './sources-csv.ts'

const sources: fc.Arbitrary<Source[]> = fc
  .array(
    fc.record({
      title: hostileLine,
      kind: fc.constantFrom('', 'Article', 'Book', 'Thread', 'constructor'),
      tier: fc.constantFrom(null, 'primary' as const),
      publisher: hostileLine,
      description: hostileLine,
      claim: hostileLine,
      url: fc.constantFrom(
        '',
        'https://a.example/b?c=d&e=%20#f',
        'https://a.example/{b}_~',
        'https://a.example/…',
        'javascript:x',
      ),
      citedText: hostileText,
      context: hostileText,
      keyPoints: fc.array(hostileLine, { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => all.map((fields, index) => ({ id: `s${index + 1}`, urlIncomplete: fields.url.endsWith('…'), ...fields })))

const withSources = (list: Source[]): Snapshot => ({ ...lighthouse, sources: list })

test('R3: whatever sources say, a reader of CSL finds each one whole', () => {
  fc.assert(
    fc.property(sources, (list) => {
      const items = JSON.parse(renderCslJson(withSources(list)))
      expect(items.map(({ id, title = '', note = '' }: Record<string, string>) => [id, title, note])).toEqual(
        list.map(({ id, title, claim }) => [id, title, claim]),
      )
      const known = ['id', 'type', 'title', 'author', 'container-title', 'URL', 'abstract', 'note', 'custom']
      for (const item of items) expect(known).toEqual(expect.arrayContaining(Object.keys(item)))
    }),
  )
  const cited = new Cite(JSON.parse(renderCslJson(lighthouse)))
  const printed = cited.format('bibliography', { format: 'text', template: 'apa' })
  for (const words of ['Ines Vale', 'The first ledger', 'Coast Board', 'https://coast.example/ledger?page=1', 'A letter'])
    expect(printed).toContain(words)
})

test('R3: whatever sources say, a reader of BibTeX finds as many, with their titles and names', () => {
  // Readers of TeX take two hyphens for a dash, and two quotation marks for a curly one.
  const bare = (text: string) =>
    plainLine(text)
      .replaceAll(/[-–—'‘’`"“”\s]/g, '')
      .normalize('NFC')
  fc.assert(
    fc.property(sources, (list) => {
      const read = new Cite(renderBibtex(withSources(list))).data
      expect(read.map(({ id }) => id)).toEqual(list.map(({ id }) => id))
      for (const [index, { title = '', URL: url = '' }] of read.entries()) {
        expect(bare(title.replaceAll(/<\/?span[^>]*>/g, ''))).toBe(bare(list[index]?.title ?? ''))
        if (url !== '') expect(decodeURI(url)).toBe(decodeURI(list[index]?.url ?? ''))
      }
    }),
    { numRuns: 200 },
  )
})

test('R3: a name is one name, and never taken apart', () => {
  const [item] = new Cite(renderBibtex(lighthouse)).data as { author: unknown; 'container-title': string }[]
  expect(item).toMatchObject({ type: 'article-journal', 'container-title': 'Coast Board' })
  expect(JSON.stringify(item?.author)).toMatch(/^\[\{"(literal|family)":"Ines Vale"\}\]$/)
})

test('R3: whatever sources say, a table has a row for each, and no cell is a formula', () => {
  fc.assert(
    fc.property(sources, (list) => {
      const [, ...rows] = parseCsv(renderSourcesCsv(withSources(list)), { bom: true, record_delimiter: '\r\n' }) as string[][]
      expect(rows).toHaveLength(list.length)
      for (const [index, row] of rows.entries()) {
        const { title = '', citedText = '' } = list[index] ?? {}
        const [, shownTitle, , , , , , , shownText] = row
        expect([shownTitle, `'${title}`]).toContain(shownTitle)
        expect([title, `'${title}`]).toContain(shownTitle)
        expect([citedText, `'${citedText}`]).toContain(shownText)
        for (const cell of row) expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@]/u)
      }
    }),
    { numRuns: 300 },
  )
})
