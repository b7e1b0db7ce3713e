/**
 * Runs the tests of properties with new seeds, as many times as is said: `npm run explore -- 50`. What fails is told with its seed, by which
 * it fails again: `STET_SEED=<seed> npx vitest run <file>`.
 */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'

const ROUNDS = Number(process.argv[2] ?? 10)

const files = globSync('{packages,apps,tests}/**/*.test.ts', { exclude: (path) => path.includes('node_modules') }).filter(
  (path) => readFileSync(path, 'utf8').includes("from 'fast-check'"),
)
const failed: number[] = []
for (let round = 1; round <= ROUNDS; round++) {
  const seed = Math.floor(Math.random() * 2 ** 31)
  console.log(`Round ${round} of ${ROUNDS}, ${files.length} files: STET_SEED=${seed}`)
  const { status } = spawnSync('vitest', ['run', '--reporter=dot', ...files], {
    stdio: 'inherit',
    env: { ...process.env, STET_SEED: String(seed) },
  })
  if (status !== 0) failed.push(seed)
}
console.log(failed.length === 0 ? `${ROUNDS} rounds, nothing failed.` : `Failed with STET_SEED=${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
