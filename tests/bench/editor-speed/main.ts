/**
 * `npm run bench:editor`: how fast the script editor is, beside bare ProseMirror (the floor) and y-prosemirror with
 * y-indexeddb (what others ship), in the same run. `--quick` measures less.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import findBrowser from '../../e2e/find-browser.ts'
import { buildPages } from './build-pages.ts'
import { type Effort, measureScript, type ScriptFigures } from './measure.ts'
import { sizes } from './scripts.ts'
import { servePages } from './serve-pages.ts'
import { type StoredScript, storeScript } from './stored-scripts.ts'
import { tableOf } from './table.ts'

const quick = process.argv.includes('--quick')
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7)
const effort: Effort = quick
  ? { opens: 5, rounds: 2, keysARound: 80, lettersARound: 80, crowdSecondsARound: 8 }
  : { opens: 15, rounds: 4, keysARound: 100, lettersARound: 100, crowdSecondsARound: 15 }
const OLD_EDITS = 6_000

const scripts = sizes.flatMap((size) => [
  { name: size.name, size, oldEdits: 0 },
  { name: `${size.name}, edited`, size, oldEdits: OLD_EDITS },
])
const chosen = scripts.filter(({ name, size }) => (only === undefined ? !quick || size.name !== '12 min' : name === only))

const stored = new Map<string, StoredScript>()
const storedBy = (name: string): StoredScript => {
  const script = scripts.find((each) => each.name === name)
  if (!script) throw new Error(`there is no script "${name}"`)
  const known = stored.get(name) ?? storeScript(script.size, script.oldEdits)
  stored.set(name, known)
  return known
}

const folder = mkdtempSync(join(tmpdir(), 'stet-editor-speed-'))
await findBrowser()
await buildPages(folder, { readable: false })
const server = await servePages(folder, storedBy)
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  ...(process.env['STET_CHROMIUM'] ? { executablePath: process.env['STET_CHROMIUM'] } : {}),
})

const figures: ScriptFigures[] = []
try {
  for (const { name, size } of chosen) {
    console.error(`${name} ...`)
    figures.push(await measureScript(browser, server.url, name, effort, size.name === '3 h'))
  }
} finally {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
}
mkdirSync('test-results', { recursive: true })
writeFileSync('test-results/editor-speed.json', JSON.stringify(figures, null, 2))
console.log(tableOf(figures))
