import { open } from 'node:fs/promises'
import { atMost } from './at-most.ts'

/** The file system puts what is asked for at once onto the disk together. */
const AT_ONCE = 16

/** The names in these folders survive a power cut from now on. Windows has no such thing. */
export const syncFolders = async (folders: Iterable<string>): Promise<void> => {
  if (process.platform === 'win32') return
  await atMost(AT_ONCE, [...folders], async (path) => {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}
