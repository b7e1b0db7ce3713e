import { lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'

const LONGEST_PATH = 500

/**
 * A path of ours inside the exported folder. Everything read from a manifest or made from the server's
 * answers passes here before it touches the disk, so nothing outside the folder is ever written or removed.
 */
export const isSitePath = (path: string): boolean => {
  const names = path.split('/')
  const file = names.pop() ?? ''
  return (
    path.length <= LONGEST_PATH && names.length <= MOST_FOLDERS && FILE.test(file) && names.every((name) => FOLDER.test(name))
  )
}

const MOST_FOLDERS = 6
const FILE = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/
/** Names of speakers are of any script. */
const FOLDER = /^[\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}][\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}.-]*$/u

/** `dispatches/008/index.html` -> `dispatches/008`, `dispatches` */
export const foldersOf = (path: string): string[] => {
  const folders: string[] = []
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.push(folder)
  return folders
}

/** Throws where a file of ours would not lie in the folder: a link in the way would lead our bytes out of it. */
export const ownPathsIn = (root: string): ((path: string) => void) => {
  const known = new Set<string>()
  return (path) => {
    if (!isSitePath(path)) throw new Error(`${path} is not a path of an exported site`)
    for (const folder of foldersOf(path)) {
      if (known.has(folder)) break
      const standing = lstatSync(join(root, folder), { throwIfNoEntry: false })
      if (standing === undefined) continue
      if (!standing.isDirectory()) throw new Error(`${folder} is not a folder; move it away, files belong in there`)
      known.add(folder)
    }
  }
}
