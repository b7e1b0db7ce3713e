/**
 * `npm test`: every check of the project, quick ones first; `--quick` (`npm run check`) leaves out the browser.
 * Goes on after a failure, so that one run tells all, and ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Step = { name: string; command: string[]; needsBrowser?: boolean; count?: () => Count; report?: NodeJS.ProcessEnv }
type Count = { passed: number; failed: number }

const folder = mkdtempSync(join(tmpdir(), 'stet-test-'))
const unitReport = join(folder, 'unit.json')
const browserReport = join(folder, 'browser.json')

const steps: Step[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the desk', command: ['tsc', '-p', 'apps/web'] },
  { name: 'lint and format', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'dependency arrows', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'packages', 'apps'] },
  { name: 'unused exports', command: ['knip', '--no-progress'] },
  {
    name: 'unit, contract and simulation tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    count: () => countUnit(unitReport),
  },
  { name: 'build of the desk', command: ['node', 'scripts/build-desk.ts'], needsBrowser: true },
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
const total: Count = { passed: 0, failed: 0 }
const failures: string[] = []
for (const step of steps.filter(({ needsBrowser = false }) => !(quick && needsBrowser))) {
  const began = performance.now()
  const [command = '', ...args] = step.command
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...step.report },
  })
  const count = countOf(step, status ?? 1)
  total.passed += count.passed
  total.failed += count.failed
  if (count.failed > 0) failures.push(step.name)
  console.log(`${count.failed > 0 ? 'FAILED' : 'ok'}  ${step.name}  (${((performance.now() - began) / 1000).toFixed(1)} s)`)
}
rmSync(folder, { recursive: true })
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
