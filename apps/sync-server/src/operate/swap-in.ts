import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * Puts new files in the place of those of a data folder, and keeps the old ones beside it. What a database has beside
 * itself goes with it. The head file goes last: should the machine stop halfway, it tells of what is missing.
 */
export const swapIn = (
  folder: string,
  { aside, fresh, derived }: { aside: string; fresh: ReadonlyMap<string, string>; derived: readonly string[] },
): void => {
  mkdirSync(aside, { mode: 0o700 })
  for (const file of [...fresh.keys(), ...derived])
    for (const each of [`${file}-wal`, `${file}-shm`, file]) if (existsSync(each)) renameSync(each, join(aside, basename(each)))
  for (const [file, draft] of fresh) renameSync(draft, file)
  fsyncFile(aside)
  fsyncFile(folder)
}

/** Of a file, or of the names in a folder. */
export const fsyncFile = (path: string): void => {
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** For the name of what is kept aside: no colons, so that every file system takes it. */
export const timeName = (now: number): string =>
  new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/:/g, '-')
