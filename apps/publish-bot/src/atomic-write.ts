import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * `target` holds its old bytes or the new ones, never a part of them, whenever the process or the machine
 * stops: the bytes reach the disk under the name `temporary` (on the same file system) and are renamed.
 */
export const writeAtomically = async (temporary: string, target: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(temporary, 'wx', 0o644)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, target)
}

/** Makes the names in a folder as durable as the bytes they stand for. Windows has no such thing. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes a single file that a person named; what is not a plain file (a device, a folder) is left alone. */
export const writeNamedFile = async (file: string, bytes: Uint8Array): Promise<void> => {
  const standing = await stat(file).catch(() => null)
  if (standing !== null && !standing.isFile()) throw new Error(`${file} is not a plain file`)
  const target = standing === null ? file : await realpath(file)
  const folder = dirname(target)
  await mkdir(folder, { recursive: true })
  const temporary = join(folder, `.${basename(target)}.stet-export`)
  await rm(temporary, { force: true })
  await writeAtomically(temporary, target, bytes)
  await syncFolder(folder)
}
