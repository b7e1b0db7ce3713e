import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { writeFileAtomically } from './atomic-write.ts'
import { syncFolders } from './durable.ts'
import { MANIFEST } from './manifest.ts'
import { foldersOf, ownPathsIn } from './site-path.ts'
import type { SitePlace } from './site-place.ts'

/** Where the next site waits. In the folder itself, so that renaming never crosses a file system. */
export const STAGE = '.stet-export'

/**
 * A site in a folder that may hold other things too: they are left alone. Once all that is new is on the disk, a plan is written: until
 * then the old site stands, from then on the new one is brought to its end, if need be by the next run. File by file it stands all the
 * while; while files are renamed, some may be of the new site beside others of the old.
 */
export const openPlaceInFolder = async (root: string): Promise<SitePlace> => {
  const stage = join(root, STAGE)
  if (existsSync(planIn(stage))) await carryOut(root)
  else if (existsSync(stage)) rmSync(stage, { recursive: true })
  return {
    root,
    openStage: () => {
      const firstMade = mkdirSync(root, { recursive: true })
      mkdirSync(filesIn(stage), { recursive: true })
      return {
        folder: filesIn(stage),
        replace: async ({ gone }) => {
          await writeFileAtomically(planIn(stage), Buffer.from(JSON.stringify(gone)))
          await carryOut(root)
        },
        close: () => {
          rmSync(stage, { recursive: true, force: true })
          if (firstMade !== undefined) removeEmpty(root)
        },
      }
    },
  }
}

const filesIn = (stage: string): string => join(stage, 'files')
const planIn = (stage: string): string => join(stage, 'plan.json')

/** May be begun again wherever it was stopped. */
const carryOut = async (root: string): Promise<void> => {
  const stage = join(root, STAGE)
  const gone: string[] = JSON.parse(readFileSync(planIn(stage), 'utf8'))
  const requireOwn = ownPathsIn(root)
  const touched = new Set([root])
  for (const path of pathsBelow(filesIn(stage))) {
    requireOwn(path)
    for (const folder of foldersOf(path)) touched.add(join(root, folder))
  }
  for (const { path } of movesBelow(filesIn(stage), root).sort(byDepth)) renameSync(join(filesIn(stage), path), join(root, path))
  for (const path of gone) {
    requireOwn(path)
    rmSync(join(root, path), { force: true })
    for (const folder of foldersOf(path)) {
      if (removeEmpty(join(root, folder))) touched.delete(join(root, folder))
      else touched.add(join(root, folder))
    }
  }
  await syncFolders(touched)
  rmSync(stage, { recursive: true })
}

type Move = { readonly path: string; readonly isFolder: boolean }

/** Files, and folders that are not there yet: they come as a whole. */
const movesBelow = (from: string, to: string, folder = ''): Move[] =>
  readdirSync(join(from, folder), { withFileTypes: true }).flatMap((entry): Move[] => {
    const path = join(folder, entry.name)
    const isFolder = entry.isDirectory()
    return isFolder && existsSync(join(to, path)) ? movesBelow(from, to, path) : [{ path, isFolder }]
  })

/** Pages that others lead to are there before those, and the manifest last. */
const byDepth = (a: Move, b: Move): number =>
  Number(a.path === MANIFEST) - Number(b.path === MANIFEST) ||
  Number(b.isFolder) - Number(a.isFolder) ||
  foldersOf(b.path).length - foldersOf(a.path).length ||
  (a.path < b.path ? -1 : 1)

const pathsBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

/** Whether the folder is gone. */
const removeEmpty = (folder: string): boolean => {
  try {
    rmdirSync(folder)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
