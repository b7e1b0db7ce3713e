import { open } from 'node:fs/promises'
import { atMost } from './at-most.ts'

/** The file system puts what is asked for at once onto the disk together. */
const AT_ONCE = 16

/** What was written to these files survives a power cut from now on. */
export const syncFiles = (files: Iterable<string>): Promise<void> => atMost(AT_ONCE, [...files], syncOne)

/** The same of the names in these folders. Windows has no such thing. */
export const syncFolders = async (folders: Iterable<string>): Promise<void> => {
  if (process.platform !== 'win32') await atMost(AT_ONCE, [...folders], syncOne)
}

const syncOne = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
