/**
 * `npm run bench:editor`: how fast the script editor is, beside bare ProseMirror (the floor) and y-prosemirror with
 * y-indexeddb (what others ship), in the same run.
 *
 * - `--quick` measures less; `--only 3h-edited` one script alone, whose figures take the place of those it had in the last run;
 * - `--write` puts the table into docs/performance.md;
 * - `--profile ours-3h-keystroke` measures nothing, but writes a .cpuprofile and prints the functions that take most. The
 *   parts: a rival (ours, floor, y-prosemirror), a script (12min, 1h, 3h, each also -edited), and keystroke, colleague or open.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import findBrowser from '../../e2e/find-browser.ts'
import { writeTable } from '../write-table.ts'
import { buildPages } from './build-pages.ts'
import { type Effort, measureScript, type ScriptFigures } from './measure.ts'
import type { RivalName } from './pages/rival.ts'
import { hotFunctions, profiled, profileReport } from './profile.ts'
import { openRivalPage } from './rival-page.ts'
import { servePages } from './serve-pages.ts'
import { scripts, storedScripts } from './stored-scripts.ts'
import { tableOf } from './table.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
})
const results = 'test-results'
const resultsPath = join(results, 'editor-speed.json')

const measureAll = async (browser: Browser, url: string): Promise<void> => {
  const effort: Effort = options.quick
    ? { opens: 9, rounds: 2, keysARound: 80, lettersARound: 80, crowdSecondsARound: 8 }
    : { opens: 15, rounds: 4, keysARound: 100, lettersARound: 100, crowdSecondsARound: 15 }
  const chosen = scripts.filter(({ name, size }) =>
    options.only === undefined ? !options.quick || size.name !== '12 min' : name === options.only,
  )
  const measured: ScriptFigures[] = []
  for (const { name, size } of chosen) {
    console.error(`${name} ...`)
    measured.push(await measureScript(browser, url, name, effort, size.name === '3 h'))
  }
  const figures = [...measured, ...lastFigures().filter(({ script }) => !chosen.some(({ name }) => name === script))].toSorted(
    (a, b) => scripts.findIndex(({ name }) => name === a.script) - scripts.findIndex(({ name }) => name === b.script),
  )
  writeFileSync(resultsPath, JSON.stringify({ effort, figures }, null, 2))
  const table = `${tableOf(figures)}\n\n${circumstances()}`
  console.log(table)
  if (options.write) writeTable('docs/performance.md', 'bench:editor', table)
}

/** What a run measured of the other scripts, so that a long one can be done in parts. */
const lastFigures = (): readonly ScriptFigures[] =>
  options.only === undefined || !existsSync(resultsPath) ? [] : JSON.parse(readFileSync(resultsPath, 'utf8')).figures

/** A busy machine shows in p99 first. */
const circumstances = (): string =>
  `Measured${options.quick ? ' with `--quick`' : ''} on ${cpus().length} processors, mean load of the last 15 minutes ${loadavg()[2]?.toFixed(1)}.`

const profileOne = async (browser: Browser, url: string, built: string, wanted: string): Promise<void> => {
  const [, who, script, what] = /^(ours|floor|y-prosemirror)-(\w+(?:-edited)?)-(keystroke|colleague|open)$/.exec(wanted) ?? []
  if (!who || !script) throw new Error(`--profile ${wanted}: expected such as ours-3h-keystroke`)
  const page = await openRivalPage(browser, url, who === 'ours' ? 'stet' : (who as RivalName), script)
  await page.open()
  if (what !== 'open') await page.type(60, 40)
  const times = what === 'open' ? 5 : 200
  const profile = await profiled(page.session, async () => {
    if (what === 'keystroke') await page.type(times, 40)
    else if (what === 'colleague') await page.receive(times)
    else for (let time = 0; time < times; time++) await page.open()
  })
  await page.close()
  const path = join(results, `${wanted}.cpuprofile`)
  writeFileSync(path, JSON.stringify(profile))
  console.log(`${path}\n\n${profileReport(hotFunctions(profile, built), times)}`)
}

const folder = mkdtempSync(join(tmpdir(), 'stet-editor-speed-'))
mkdirSync(results, { recursive: true })
await findBrowser()
await buildPages(folder, { readable: options.profile !== undefined })
const server = await servePages(folder, storedScripts())
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  ...(process.env['STET_CHROMIUM'] ? { executablePath: process.env['STET_CHROMIUM'] } : {}),
})
try {
  if (options.profile === undefined) await measureAll(browser, server.url)
  else await profileOne(browser, server.url, folder, options.profile)
} finally {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
}
