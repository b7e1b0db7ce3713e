import { expect, test } from 'vitest'
import { readCommandLine } from './command-line.ts'

const read = (...words: string[]) => {
  const said = { out: '', err: '' }
  const line = readCommandLine(
    words,
    (text) => {
      said.out += text
    },
    (text) => {
      said.err += text
    },
  )
  return { ...line, ...said }
}

test.each([
  ['list', { name: 'list', json: false }],
  ['import a.txt b.txt --speakers ana,ben', { name: 'import', files: ['a.txt', 'b.txt'], speakers: ['ana', 'ben'], json: false }],
  ['export 008 --format md', { name: 'export', reference: '008', format: 'md', which: 'draft', out: null }],
  [
    'export 8 --format html --revision latest --out x',
    { name: 'export', reference: '8', format: 'html', which: 'latest', out: 'x' },
  ],
  ['export 8 --format json --revision 2', { name: 'export', reference: '8', format: 'json', which: 2, out: null }],
  [
    'export --published --out site/',
    { name: 'export-published', out: 'site/', isLink: false, isAgain: false, isWithRecordings: true },
  ],
  [
    'export --published --out site --link --again --no-recordings',
    { name: 'export-published', out: 'site', isLink: true, isAgain: true, isWithRecordings: false },
  ],
  ['watch --out site --git', { name: 'watch', out: 'site', git: true, isLink: false, isWithRecordings: true, json: false }],
  ['watch --out site --no-recordings', { name: 'watch', isWithRecordings: false }],
  ['publish 8 --json', { name: 'publish', reference: '8', wish: {}, dryRun: false, json: true }],
  [
    'publish 8 --wrong nine --stands ten',
    { name: 'publish', reference: '8', wish: { correction: { wrong: 'nine', stands: 'ten' } }, dryRun: false, json: false },
  ],
  ['publish 8 --minor', { name: 'publish', reference: '8', wish: { minor: true }, dryRun: false, json: false }],
  [
    'publish 8 --dry-run --number 009 --date 2026-01-31',
    { name: 'publish', reference: '8', wish: { number: 9, date: '2026-01-31' }, dryRun: true, json: false },
  ],
  ['withdraw 8 --reason forged --yes', { name: 'withdraw', reference: '8', reason: 'forged', isSure: true, json: false }],
])('“%s” is understood', (line, request) => {
  expect(read(...line.split(' '))).toMatchObject({ ok: true, request, out: '', err: '' })
})

test.each([
  ['', 'Usage:'],
  ['shred 8', "unknown command 'shred'"],
  ['list --loud', "unknown option '--loud'"],
  ['import', "missing required argument 'file'"],
  ['import a.txt --speakers ana,,ben', 'Expected names with commas'],
  ['publish 8 --wrong nine', '--wrong and --stands go together'],
  ['publish 8 --wrong nine --stands ten --minor', 'is not minor'],
  ['withdraw 8', "required option '--reason <text>'"],
  ['publish 8 --number 0', 'Expected a number from 1'],
  ['publish 8 --date soon', 'Expected a date such as'],
  ['export 8', 'say in which format: --format html|text|md|json|vtt|srt|'],
  ['export 8 --format pdf', 'Allowed choices are html, text, md, json, vtt, srt, transcript, chapters, csl, bib, csv, zip'],
  ['export 8 --format md --revision 0', 'Expected a number from 1'],
  ['export --format md', 'say which dispatch'],
  ['export --published', '--published needs the folder to write to'],
  ['export 8 --published --out x', 'leave out “8”'],
  ['export --published --out x --format md', 'leave out --format'],
  ['export 8 --format md --again', '--again goes with --published'],
  ['export 8 --format md --no-recordings', '--no-recordings goes with --published'],
  ['watch --out x --git --link', 'leave out --link'],
])('“%s” is refused with 2 and says what is wrong', (line, complaint) => {
  const { ok, out, err, ...rest } = read(...line.split(' ').filter((word) => word !== ''))
  expect({ ok, out, ...rest }).toEqual({ ok: false, out: '', code: 2 })
  expect(err).toContain(complaint)
})

test('help is an answer, not a fault', () => {
  const { out, err, ...rest } = read('--help')
  expect(rest).toEqual({ ok: false, code: 0 })
  expect(err).toBe('')
  expect(out).toContain('STET_TOKEN')
})
