/**
 * Installs what the lockfile names, once for each lockfile. Runs before every npm script, on whatever Node the machine has
 * (20 or newer), so it is plain JavaScript. Given a folder of workspaces (`apps`) it installs what these need and no more:
 * who runs a desk fetches no browser to test it with and none of the editors it is compared with.
 *
 * Install scripts stay off but for one: the `node` package, which brings the pinned Node. (better-sqlite3 ships its
 * binaries; left to itself npm 10 would try to compile it.)
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const stamp = 'node_modules/.stet-installed'
const lockHash = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
const everything = 'everything'
const [wanted = everything] = process.argv.slice(2)
const stampOf = (installed) => `${lockHash} ${installed}`

const run = (...args) => {
  const npm = process.env['npm_execpath']
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []]
  const { status } = spawnSync(command, [...first, ...args], { stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error(`\`npm ${args.join(' ')}\` failed. Check the network and the npm registry, then try again.`)
    process.exit(status ?? 1)
  }
}

const present = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
if (present !== stampOf(wanted) && present !== stampOf(everything)) {
  console.error('Installing what is missing (once, a minute or two) ...')
  const some = wanted === everything ? [] : ['--workspace', wanted, '--include-workspace-root']
  // Not `npm ci`: it refuses a lockfile without the builds for other platforms, which some registry mirrors do not carry.
  run('install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...some)
  run('rebuild', 'node', '--foreground-scripts', '--loglevel=error')
  writeFileSync(stamp, stampOf(wanted))
}
