import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { archiveEntry } from '@stet/render/archive-entry'
import { fileKinds, siteFile } from '@stet/render/file-kinds'
import type { RevisionFacts } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import type { Listed, ListedWork } from './list-published.ts'
import type { MadeWork } from './make-work.ts'
import type { Manifest } from './manifest.ts'
import { isRecordingPath } from './recordings.ts'
import { ownPathsIn } from './site-path.ts'
import { standingSha256 } from './staged-file.ts'

/** A work whose files stand as they would be made again. */
export type KeptWork = Pick<MadeWork, 'newest' | 'withdrawal' | 'listed' | 'files' | 'recordings'>

/**
 * What of the listed need not be made again: the same was made of it by the same renderers for the same site, and every file of it
 * stands as the manifest says. What is `seen` was written or read by this process before, and is not read again.
 */
export const keptWorks = (
  root: string,
  manifest: Manifest,
  { site, works }: Listed,
  renderer: string,
  seen: ReadonlyMap<string, string>,
): KeptWork[] => {
  const { made } = manifest
  if (made === null || made.renderer !== renderer || !isDeepStrictEqual(made.site, site)) return []
  const stands = standsIn(root, seen)
  const madeByPath = new Map(made.works.map((work) => [work.listed[0]?.path, work]))
  const filesByPath = Map.groupBy(manifest.files, ([path]) => pathOfWork(path))
  return works.flatMap((work): KeptWork[] => {
    const { newest, withdrawal } = work
    const before = madeByPath.get(newest.path)
    // Revisions never change, so the newest one and the withdrawal tell all.
    const isSame = before !== undefined && isDeepStrictEqual([before.listed.at(-1), before.withdrawal], [newest, withdrawal])
    const files = filesByPath.get(newest.path) ?? []
    if (!isSame || files.length === 0 || !holdsSnapshot(work, files) || !files.every(([path, sha256]) => stands(path, sha256)))
      return []
    const { listed, recordings } = before
    return [{ ...work, listed, recordings, files: files.map(([path, sha256]) => ({ path, sha256, isNew: false })) }]
  })
}

/** What the pages of the show tell of it, by the snapshot that lies in the folder. */
export const toldOfKept = (root: string, { newest, withdrawal }: KeptWork): MadeWork['entry'] =>
  withdrawal === null ? archiveEntry({ facts: newest, snapshot: snapshotIn(root, newest) }) : null

/** Whether nothing that tells of the show as a whole would be made otherwise, all works being kept. Recordings stand apart. */
export const showStands = (
  root: string,
  { files, made }: Manifest,
  kept: readonly KeptWork[],
  seen: ReadonlyMap<string, string>,
): boolean => {
  const ofWorks = new Set(kept.flatMap((work) => work.files.map(({ path }) => path)))
  const stands = standsIn(root, seen)
  const isFound = (path: string) => ofWorks.has(path) || isRecordingPath(path)
  return made?.works.length === kept.length && [...files].every(([path, sha256]) => isFound(path) || stands(path, sha256))
}

/** Snapshots of newest revisions, by the JSON that was staged or stands. */
export const newestSnapshots = (root: string, stage: string): ((facts: RevisionFacts) => Snapshot) => {
  return (facts) => snapshotIn(existsSync(join(stage, jsonOf(facts))) ? stage : root, facts)
}

/** What was published, since it is known by the sha256 of these bytes. */
const snapshotIn = (folder: string, facts: RevisionFacts): Snapshot =>
  JSON.parse(readFileSync(join(folder, jsonOf(facts)), 'utf8'))

const standsIn = (root: string, seen: ReadonlyMap<string, string>) => {
  const requireOwn = ownPathsIn(root)
  return (path: string, sha256: string): boolean => {
    requireOwn(path)
    return seen.get(path) === sha256 ? existsSync(join(root, path)) : standingSha256(root, path) === sha256
  }
}

const jsonOf = ({ path }: RevisionFacts): string => siteFile(path, fileKinds.json)

const holdsSnapshot = ({ newest, withdrawal }: ListedWork, files: readonly [string, string][]): boolean =>
  withdrawal !== null || files.some(([path, sha256]) => path === jsonOf(newest) && sha256 === newest.sha256)

/** `dispatches/008/008.md` -> `/dispatches/008/` */
const pathOfWork = (file: string): string => `/${file.split('/').slice(0, 2).join('/')}/`
