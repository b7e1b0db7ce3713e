import { createHash } from 'node:crypto'
import { lstat, mkdir, readFile, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder, writeAtomically } from './atomic-write.ts'

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Where files stand until they are whole. In the folder itself, so that renaming never crosses a file system. */
export const STAGE = '.stet-export'

const LONGEST_PATH = 500

/**
 * A path of ours inside the exported folder. Everything read from a manifest or made from the server's
 * answers passes here before it touches the disk, so nothing outside the folder is ever written or removed.
 */
export const isSitePath = (path: string): boolean =>
  path.length <= LONGEST_PATH && /^([a-z0-9][a-z0-9.-]*\/){0,6}[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(path)

export type SiteFolder = {
  read: (path: string) => Promise<Uint8Array | null>
  /** Puts these bytes there, atomically, unless they stand there already. */
  put: (path: string, bytes: Uint8Array, sha256: string) => Promise<'written' | 'unchanged'>
  remove: (path: string) => Promise<void>
  /** All that was put or removed so far survives a power cut. */
  sync: () => Promise<void>
  close: () => Promise<void>
}

/** Opens (and makes) the folder and clears away what a killed run left half done. */
export const openSiteFolder = async (root: string): Promise<SiteFolder> => {
  await mkdir(root, { recursive: true })
  const stage = join(root, STAGE)
  await rm(stage, { recursive: true, force: true })

  const touched = new Set<string>()
  let staged = 0

  const read = async (path: string): Promise<Uint8Array | null> => {
    const standing = await lstat(join(root, path)).catch(nullWhenAbsent)
    if (standing?.isDirectory()) throw new Error(`${path} is a folder; move it away, a file belongs there`)
    return standing?.isFile() ? readFile(join(root, path)) : null
  }

  const put = async (path: string, bytes: Uint8Array, sha256: string) => {
    await requireOwnFolders(root, path)
    const standing = await read(path)
    if (standing !== null && standing.length === bytes.length && sha256Of(standing) === sha256) return 'unchanged'
    await mkdir(stage, { recursive: true })
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeAtomically(join(stage, String(staged++)), join(root, path), bytes)
    for (const folder of foldersOf(path)) touched.add(join(root, folder))
    return 'written'
  }

  const remove = async (path: string) => {
    await requireOwnFolders(root, path)
    await rm(join(root, path), { force: true })
    for (const folder of foldersOf(path).slice(0, -1)) {
      const gone = await rmdir(join(root, folder)).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
      )
      if (gone) touched.delete(join(root, folder))
      else touched.add(join(root, folder))
    }
    touched.add(root)
  }

  const sync = async () => {
    for (const folder of touched) await syncFolder(folder)
    touched.clear()
  }

  return { read, put, remove, sync, close: () => rm(stage, { recursive: true, force: true }) }
}

/** `dispatches/008/index.html` -> `dispatches/008`, `dispatches`, `.` */
const foldersOf = (path: string): string[] => {
  const folders: string[] = []
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.push(folder)
  return [...folders, '.']
}

/** A link in the way would lead our bytes out of the folder. */
const requireOwnFolders = async (root: string, path: string): Promise<void> => {
  if (!isSitePath(path)) throw new Error(`${path} is not a path of an exported site`)
  for (const folder of foldersOf(path).slice(0, -1)) {
    const standing = await lstat(join(root, folder)).catch(nullWhenAbsent)
    if (standing !== null && !standing.isDirectory())
      throw new Error(`${folder} is not a folder; move it away, files belong in there`)
  }
}

const nullWhenAbsent = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}
