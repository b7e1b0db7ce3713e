/**
 * Installs what the lockfile names, once for each lockfile. Runs before every npm script, on whatever Node the machine has
 * (20 or newer), so it is plain JavaScript.
 *
 * Install scripts stay off but for one: the `node` package, which brings the pinned Node. (better-sqlite3 ships its
 * binaries; left to itself npm 10 would try to compile it.)
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const stamp = 'node_modules/.stet-installed'
const lockHash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')

const run = (...args) => {
  const npm = process.env['npm_execpath']
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []]
  const { status } = spawnSync(command, [...first, ...args], { stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error(`\`npm ${args.join(' ')}\` failed. Check the network and the npm registry, then try again.`)
    process.exit(status ?? 1)
  }
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
  console.error('Installing what is missing (once, a minute or two) ...')
  // Not `npm ci`: it refuses a lockfile without the builds for other platforms, which some registry mirrors do not carry.
  run('install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')
  run('rebuild', 'node', '--foreground-scripts', '--loglevel=error')
  writeFileSync(stamp, lockHash)
}
