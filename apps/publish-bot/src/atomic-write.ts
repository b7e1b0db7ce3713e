import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFolders } from './durable.ts'

/**
 * `target` holds its old bytes or the new ones, never a part of them, whenever the process or the machine stops: the bytes reach
 * the disk under another name beside it and are renamed.
 */
export const writeFileAtomically = async (target: string, bytes: Uint8Array): Promise<void> => {
  const folder = dirname(target)
  const temporary = join(folder, `.${basename(target)}.stet-export`)
  await rm(temporary, { force: true })
  const file = await open(temporary, 'wx', 0o644)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, target)
  await syncFolders([folder])
}

/** Writes a single file that a person named; what is not a plain file (a device, a folder) is left alone. */
export const writeNamedFile = async (file: string, bytes: Uint8Array): Promise<void> => {
  const standing = await stat(file).catch(() => null)
  if (standing !== null && !standing.isFile()) throw new Error(`${file} is not a plain file`)
  const target = standing === null ? file : await realpath(file)
  await mkdir(dirname(target), { recursive: true })
  await writeFileAtomically(target, bytes)
}
