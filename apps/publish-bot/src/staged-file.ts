import { createHash } from 'node:crypto'
import { close, closeSync, fsync, lstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ownPathsIn } from './site-path.ts'

/** A file of the site: what it holds, and whether that stood there already. */
export type StagedFile = { readonly path: string; readonly sha256: string; readonly isNew: boolean }

export const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** The sha256 of what stands at a path; null where no file does, but nothing or a link. */
export const standingSha256 = (root: string, path: string): string | null => {
  const standing = lstatSync(join(root, path), { throwIfNoEntry: false })
  if (standing?.isDirectory()) throw new Error(`${path} is a folder; move it away, a file belongs there`)
  return standing?.isFile() ? sha256Of(readFileSync(join(root, path))) : null
}

export type Stager = {
  /** Lays a file into the stage, under its path, unless it stands in `root` as it is. */
  readonly put: (path: string, bytes: Uint8Array) => StagedFile
  /** Resolves once what was laid survives a power cut, and rejects where the disk failed. */
  readonly onDisk: () => Promise<void>
}

/** The disk is told of each file at once, so that it works while the next one is made. */
export const createStager = (root: string, stage: string): Stager => {
  const requireOwn = ownPathsIn(root)
  const made = new Set<string>()
  const onDisk: Promise<unknown>[] = []
  return {
    put: (path, bytes) => {
      requireOwn(path)
      const sha256 = sha256Of(bytes)
      if (standingSha256(root, path) === sha256) return { path, sha256, isNew: false }
      const file = join(stage, path)
      const folder = dirname(file)
      if (!made.has(folder)) mkdirSync(folder, { recursive: true })
      made.add(folder)
      onDisk.push(writeDown(file, bytes))
      return { path, sha256, isNew: true }
    },
    onDisk: async () => {
      const failure = (await Promise.all(onDisk)).find((error) => error !== null)
      if (failure !== undefined) throw failure
    },
  }
}

/** Written when this returns; on the disk when it resolves, to what went wrong there. */
const writeDown = (file: string, bytes: Uint8Array): Promise<Error | null> => {
  const handle = openSync(file, 'wx', 0o644)
  try {
    writeFileSync(handle, bytes)
  } catch (error) {
    closeSync(handle)
    throw error
  }
  return new Promise((resolve) => {
    fsync(handle, (notSynced) => close(handle, (notClosed) => resolve(notSynced ?? notClosed ?? null)))
  })
}
