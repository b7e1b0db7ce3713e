/** Builds the desk when its sources are newer than what was built. */
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'

const newest = (patterns: string[]): number =>
  Math.max(0, ...globSync(patterns, { exclude: (path) => path.includes('node_modules') }).map((path) => statSync(path).mtimeMs))

const sources = newest(['package-lock.json', 'apps/web/*.*', 'apps/web/{src,public}/**/*.*', 'packages/*/src/**/*.*'])
const built = newest(['apps/web/dist/index.html'])

if (built < sources) {
  console.error('Building the desk ...')
  const { status } = spawnSync('npm', ['run', '--silent', 'build', '-w', '@stet/web', '--', '--logLevel', 'warn'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
}
