import { createHash } from 'node:crypto'
import AdmZip from 'adm-zip'
import { describe, expect, test } from 'vitest'
import type { Edition } from './edition.ts'
import { type FormatName, fileKinds, formatsOf, isFormatName } from './file-kinds.ts'
import { renderFiles, renderFormat } from './formats.ts'
import { essay, factsOf, lighthouse, site } from './lighthouse.fixture.ts'

const edition: Edition = { snapshot: lighthouse, revision: factsOf(lighthouse) }
const essayEdition: Edition = { snapshot: essay, revision: factsOf(essay, { path: '/essays/on-switching-off/' }) }
const textOf = (bytes: Uint8Array | null) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes ?? undefined)

test.each(Object.entries(fileKinds))(
  'R2: %s has an extension of its own and the same bytes each time',
  (name, { extension, mediaType }) => {
    expect(Object.values(fileKinds).filter((kind) => kind.extension === extension)).toHaveLength(1)
    expect(mediaType).toMatch(/^[a-z]+\/[a-z.+-]+(; charset=utf-8)?(; header=present)?$/)
    const bytes = renderFormat(name as FormatName, edition, site)
    expect(bytes).not.toBeNull()
    expect(renderFormat(name as FormatName, structuredClone(edition), site)).toEqual(bytes)
  },
)

// The page changes with its style sheet, and the zip with it.
const golden = formatsOf(lighthouse).filter((name) => name !== 'html' && name !== 'zip')
test.each(golden)('R2: %s of the dispatch is byte for byte what it was', async (name) => {
  await expect(textOf(renderFormat(name, edition, site))).toMatchFileSnapshot(`../golden/014.${fileKinds[name].extension}`)
})

test('R4: an essay has no transcript and no chapters, and what has no sources has no list of them', () => {
  const names = (of: Edition) => renderFiles(of, site).map(({ format }) => format)
  expect(names(edition)).toEqual(Object.keys(fileKinds))
  expect(names(essayEdition)).toEqual(['html', 'text', 'md', 'json', 'csl', 'bib', 'csv', 'zip'])
  expect(names({ snapshot: { ...essay, sources: [] }, revision: null })).toEqual(['html', 'text', 'md', 'json', 'zip'])
  for (const name of ['vtt', 'srt', 'transcript', 'chapters'] as const) expect(renderFormat(name, essayEdition, site)).toBeNull()
})

test('R4: a published page lists the other forms that it has; a draft none', () => {
  const page = textOf(renderFormat('html', edition, site))
  const linked = [...page.matchAll(/href="(014\.[a-z.]+)"/g)].map(([, name]) => name)
  expect(linked).toEqual(renderFiles(edition, site).flatMap(({ format, name }) => (format === 'html' ? [] : [name])))
  expect(textOf(renderFormat('html', { snapshot: lighthouse, revision: null }, site))).not.toContain('014.vtt')
  expect(textOf(renderFormat('html', essayEdition, site))).not.toContain('.vtt')
})

test('only names of the table are formats', () => {
  expect(['text', 'json', 'md', 'html', 'vtt', 'zip', 'pdf', 'toString'].filter(isFormatName)).toEqual([
    'text',
    'json',
    'md',
    'html',
    'vtt',
    'zip',
  ])
})

describe('the zip', () => {
  const read = (of: Edition) =>
    new Map(
      new AdmZip(Buffer.from(renderFormat('zip', of, site) ?? []))
        .getEntries()
        .map((entry) => [entry.entryName, entry.getData()]),
    )

  test('R5: holds every other form, and a manifest with the size and hash of each and the facts of the revision', () => {
    const entries = read(edition)
    const manifest = JSON.parse(entries.get('014/manifest.json')?.toString() ?? '')
    const { files, ...facts } = manifest
    expect({ ...facts, earlier: [] }).toEqual(edition.revision)
    const others = renderFiles(edition, site).filter(({ format }) => format !== 'zip')
    expect(files).toEqual(
      others.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })),
    )
    expect([...entries.keys()]).toEqual([...others.map(({ name }) => `014/${name}`), '014/manifest.json'])
    for (const { name, bytes } of others) expect(entries.get(`014/${name}`)).toEqual(Buffer.from(bytes))
  })

  test('R5: of a draft is called by its number, or its title', () => {
    expect([...read({ snapshot: lighthouse, revision: null }).keys()]).toContain('014/014.vtt')
    expect([...read({ snapshot: essay, revision: null }).keys()]).toContain('on-switching-off/on-switching-off.md')
    expect([...read({ snapshot: { ...essay, title: '' }, revision: null }).keys()]).toContain('untitled/untitled.md')
  })

  test('R2: is the same in any time zone', () => {
    const zone = process.env['TZ']
    const inZone = (name: string) => {
      process.env['TZ'] = name
      return renderFormat('zip', edition, site)
    }
    try {
      expect(inZone('Asia/Kathmandu')).toEqual(inZone('America/St_Johns'))
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })
})
