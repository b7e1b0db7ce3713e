import { linkSync, lstatSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { syncFolders } from './durable.ts'
import type { SitePlace } from './site-place.ts'

/**
 * A site that is old or new as a whole, at every moment: `root` is a link to a folder of its own, and another site is another folder, to
 * which the link is switched. Files that stay are the same files in both (hard links).
 */
export const openPlaceBehindLink = (link: string): SitePlace => {
  const sites = `${link}.sites`
  const stage = join(sites, STAGE)
  const standing = siteBehind(link)
  rmSync(stage, { recursive: true, force: true })
  return {
    root: standing ?? link,
    openStage: () => {
      mkdirSync(stage, { recursive: true })
      return {
        folder: stage,
        replace: async ({ kept }) => {
          for (const path of kept) {
            mkdirSync(dirname(join(stage, path)), { recursive: true })
            linkSync(join(standing ?? link, path), join(stage, path))
          }
          await syncNames(stage)
          const next = join(sites, nextNumber(sites))
          renameSync(stage, next)
          await syncFolders([sites])
          switchLink(link, next)
          await syncFolders([dirname(link)])
          removeOthers(sites, [next, ...(standing === null ? [] : [standing])])
        },
        close: () => rmSync(stage, { recursive: true, force: true }),
      }
    },
  }
}

const STAGE = '.next'

const siteBehind = (link: string): string | null => {
  const standing = lstatSync(link, { throwIfNoEntry: false })
  if (standing === undefined) return null
  if (!standing.isSymbolicLink())
    throw new Error(`${link} is no link of an exported site; move it away, with --link one is made there`)
  return resolve(dirname(link), readlinkSync(link))
}

const nextNumber = (sites: string): string => String(1 + Math.max(0, ...readdirSync(sites).map(Number).filter(Number.isInteger)))

/** A link cannot be changed, but another can take its name. */
const switchLink = (link: string, site: string): void => {
  const next = join(dirname(site), '.link')
  rmSync(next, { force: true })
  symlinkSync(relative(dirname(link), site), next)
  renameSync(next, link)
}

/** The files are on the disk since they were staged, or stood there; now their names are too. */
const syncNames = (folder: string): Promise<void> => {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory())
  return syncFolders([...below.map((entry) => join(entry.parentPath, entry.name)), folder])
}

/** The site before this one stays for those who are reading it. */
const removeOthers = (sites: string, stay: readonly string[]): void => {
  const names = stay.map((site) => basename(site))
  for (const name of readdirSync(sites)) if (!names.includes(name)) rmSync(join(sites, name), { recursive: true, force: true })
}
