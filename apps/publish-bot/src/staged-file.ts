import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

/** Lays files into a stage, each under its path, unless they stand in `root` as they are. */
export const createStager = (root: string, stage: string): ((path: string, bytes: Uint8Array) => StagedFile) => {
  const requireOwn = ownPathsIn(root)
  const made = new Set<string>()
  return (path, bytes) => {
    requireOwn(path)
    const sha256 = sha256Of(bytes)
    if (standingSha256(root, path) === sha256) return { path, sha256, isNew: false }
    const file = join(stage, path)
    const folder = dirname(file)
    if (!made.has(folder)) mkdirSync(folder, { recursive: true })
    made.add(folder)
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o644 })
    return { path, sha256, isNew: true }
  }
}
