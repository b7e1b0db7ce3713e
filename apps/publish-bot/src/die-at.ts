import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * For tests, by `node --import`: kills the process (SIGKILL) at the nth write of a file in one of its threads, with half its bytes written,
 * or just before the nth rename. `STET_TEST_DIE_AT` is such as `write 3` or `rename 1`.
 */
const [act, count] = (process.env['STET_TEST_DIE_AT'] ?? '').split(' ')
let left = Number(count)
const isTheOne = () => --left === 0
const die = () => process.kill(process.pid, 'SIGKILL')

if (act === 'write') {
  const { writeFileSync } = fs
  fs.writeFileSync = (file, bytes, options) => {
    if (isTheOne()) {
      writeFileSync(file, (bytes as Uint8Array).subarray(0, (bytes as Uint8Array).length / 2), options)
      die()
    }
    writeFileSync(file, bytes, options)
  }
} else if (act === 'rename') {
  const { renameSync } = fs
  const { rename } = fs.promises
  fs.renameSync = (from, to) => {
    if (isTheOne()) die()
    renameSync(from, to)
  }
  fs.promises.rename = (from, to) => {
    if (isTheOne()) die()
    return rename(from, to)
  }
}
syncBuiltinESMExports()
