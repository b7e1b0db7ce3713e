/**
 * `npm test`: every check of the project, quick ones first; `--quick` (`npm run check`) leaves out the browser.
 * Goes on after a failure, so that one run tells all, and ends with `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

type Step = { name: string; command: string[]; needsBrowser?: boolean; count?: () => Count; report?: NodeJS.ProcessEnv }
type Count = { passed: number; failed: number }

const folder = mkdtempSync(join(tmpdir(), 'stet-test-'))
const unitReport = join(folder, 'unit.json')
const browserReport = join(folder, 'browser.json')

/** Each keeps one processor busy and says little: as many at once as there are processors, the longest first. */
const sideBySide: Step[] = [
  { name: 'build of the desk', command: ['node', 'scripts/build-desk.ts'], needsBrowser: true },
  { name: 'dependency arrows', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'packages', 'apps'] },
  { name: 'unused exports', command: ['knip', '--no-progress'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the desk', command: ['tsc', '-p', 'apps/web'] },
  { name: 'lint and format', command: ['biome', 'ci', '--error-on-warnings', '.'] },
]

/** Each keeps all processors busy and tells what it is about. */
const oneByOne: Step[] = [
  {
    name: 'unit, contract and simulation tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    count: () => countUnit(unitReport),
  },
  {
    name: 'end-to-end tests',
    command: ['playwright', 'test', '--config', 'tests/e2e/playwright.config.ts'],
    report: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
    count: () => countBrowser(browserReport),
    needsBrowser: true,
  },
]

const countUnit = (path: string): Count => {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(path, 'utf8'))
  return { passed: numPassedTests, failed: numFailedTests }
}

const countBrowser = (path: string): Count => {
  const { expected, flaky, unexpected } = JSON.parse(readFileSync(path, 'utf8')).stats
  return { passed: expected, failed: unexpected + flaky }
}

/** A step that fails without saying how many is one failure; a step with nothing to count is one success. */
const countOf = (step: Step, status: number): Count => {
  let count: Count = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
  try {
    if (step.count) count = step.count()
  } catch {
    return { passed: 0, failed: 1 }
  }
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

const quick = process.argv.includes('--quick')
const wanted = ({ needsBrowser = false }: Step) => !(quick && needsBrowser)
const total: Count = { passed: 0, failed: 0 }
const failures: string[] = []

/** What a step says is shown as it says it, or in one piece at its end. */
const run = async (step: Step, shown: 'as it comes' | 'at its end'): Promise<void> => {
  const began = performance.now()
  const [command = '', ...args] = step.command
  const output = shown === 'as it comes' ? 'inherit' : 'pipe'
  const child = spawn(command, args, { stdio: ['ignore', output, output], env: { ...process.env, ...step.report } })
  const ended = once(child, 'close').then(
    ([status]) => Number(status ?? 1),
    () => 1,
  )
  const said = await Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')))
  const count = countOf(step, await ended)
  process.stdout.write(said.join(''))
  total.passed += count.passed
  total.failed += count.failed
  if (count.failed > 0) failures.push(step.name)
  console.log(`${count.failed > 0 ? 'FAILED' : 'ok'}  ${step.name}  (${((performance.now() - began) / 1000).toFixed(1)} s)`)
}

const waiting = sideBySide.filter(wanted)
const runWaiting = async () => {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await run(step, 'at its end')
}
await Promise.all(Array.from({ length: availableParallelism() }, runWaiting))
for (const step of oneByOne.filter(wanted)) await run(step, 'as it comes')

rmSync(folder, { recursive: true })
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
