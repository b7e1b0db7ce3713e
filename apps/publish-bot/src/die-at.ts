import fs, { writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

/**
 * For tests, by `node --import`: kills the process (SIGKILL) at the nth write, with half its bytes written,
 * or just before the nth rename. `STET_TEST_DIE_AT` is such as `write 3` or `rename 1`.
 */
const [act, count] = (process.env['STET_TEST_DIE_AT'] ?? '').split(' ')
let left = Number(count)
const isTheOne = () => --left === 0
const die = () => process.kill(process.pid, 'SIGKILL')

if (act === 'write') {
  const probe = await open(import.meta.filename)
  const fileHandle = Object.getPrototypeOf(probe) as { writeFile: (this: { fd: number }, bytes: Uint8Array) => Promise<void> }
  await probe.close()
  const { writeFile } = fileHandle
  fileHandle.writeFile = function (bytes) {
    if (isTheOne()) {
      writeSync(this.fd, bytes.subarray(0, bytes.length / 2))
      die()
    }
    return writeFile.call(this, bytes)
  }
} else if (act === 'rename') {
  const { rename } = fs.promises
  fs.promises.rename = (from, to) => {
    if (isTheOne()) die()
    return rename(from, to)
  }
  syncBuiltinESMExports()
}
