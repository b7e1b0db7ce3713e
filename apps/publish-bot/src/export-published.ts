import type { ApiClient } from '@stet/schema/contract/client'
import type { Site } from '@stet/schema/revision'
import { atMost } from './at-most.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { type SiteFile, showFiles } from './exported-site.ts'
import { fontFiles } from './font-files.ts'
import { type Gathered, gatherPublished, type Work } from './gather-published.ts'
import { listedFiles, MANIFEST, printManifest } from './manifest.ts'
import type { MadeFile } from './render-work-worker.ts'
import { openSiteFolder, type SiteFolder, sha256Of } from './site-folder.ts'
import { openSiteRenderer } from './site-renderer.ts'
import type { Terminal } from './terminal.ts'

export type Counts = { written: number; unchanged: number; removed: number }

/** Exports the site into one folder, as often as it is told to; what did not change since the last time is not made again. */
export type Exporter = () => Promise<Result<Counts>>

/** What an export has made: of each work the files and the sha256 of each. */
type Made = { readonly site: Site | null; readonly hashesByWork: ReadonlyMap<Work, ReadonlyMap<string, string>> }

const NOTHING: Made = { site: null, hashesByWork: new Map() }

/**
 * The public site, as a folder of files. All revisions are fetched and checked before the first
 * byte is written, so a server that fails halfway changes nothing here. Pages that others lead to are there before those; the
 * manifest comes last: until then the old one stands, and a run that is killed is completed by the next.
 */
export const createExporter = (api: ApiClient, root: string, terminal: Terminal): Exporter => {
  let made = NOTHING
  return async () => {
    const gathered = await gatherPublished(api, [...made.hashesByWork.keys()], (count, all) =>
      terminal.progress(`Fetched ${count} of ${all}`),
    )
    if (!gathered.ok) return gathered
    const { site } = gathered.value
    const known = JSON.stringify(made.site) === JSON.stringify(site) ? made : NOTHING
    try {
      const folder = await openSiteFolder(root)
      try {
        const written = await writeSite(folder, gathered.value, known.hashesByWork, (count, all) =>
          terminal.progress(`Made ${count} of ${all}`),
        )
        if (!written.ok) return written
        made = { site, hashesByWork: written.value.hashesByWork }
        return done(written.value.counts)
      } finally {
        await folder.close()
      }
    } catch (error) {
      return failed(ExitCode.usage, `Could not write to ${root}: ${(error as Error).message}`)
    } finally {
      terminal.progress('')
    }
  }
}

/** While some wait for a disk, others are rendered. */
const WORKS_AT_ONCE = 8

const madeHere = ({ path, render }: SiteFile): MadeFile => {
  const bytes = Buffer.from(render())
  return { path, bytes, sha256: sha256Of(bytes) }
}

const writeSite = async (
  folder: SiteFolder,
  gathered: Gathered,
  known: Made['hashesByWork'],
  onProgress: (made: number, all: number) => void,
): Promise<Result<{ counts: Counts; hashesByWork: Made['hashesByWork'] }>> => {
  const standing = await folder.read(MANIFEST)
  const before = standing === null ? [] : listedFiles(standing)
  if (before === null)
    return failed(
      ExitCode.usage,
      `${MANIFEST} in this folder is not one that the bot wrote; choose another folder, or remove it first.`,
    )

  const { site, works } = gathered
  const counts = { written: 0, unchanged: 0, removed: 0 }
  const put = async (files: readonly MadeFile[]): Promise<ReadonlyMap<string, string>> => {
    for (const { path, bytes, sha256 } of files) counts[await folder.put(path, bytes, sha256)] += 1
    return new Map(files.map(({ path, sha256 }) => [path, sha256]))
  }
  const hashesByWork = new Map<Work, ReadonlyMap<string, string>>()
  for (const work of works) {
    const there = known.get(work)
    if (there === undefined) continue
    counts.unchanged += there.size
    hashesByWork.set(work, there)
  }
  const fresh = works.filter((work) => !hashesByWork.has(work))
  if (fresh.length > 0) {
    const renderer = openSiteRenderer(fresh.length)
    try {
      await atMost(WORKS_AT_ONCE, fresh, async (work) => {
        hashesByWork.set(work, await put(await renderer.render(work, site)))
        onProgress(hashesByWork.size, works.length)
      })
    } finally {
      await renderer.close()
    }
  }
  const ofShow = await put([...fontFiles(), ...showFiles(gathered)].map(madeHere))
  const hashes = new Map([...works.flatMap((work) => hashesByWork.get(work) ?? []), ofShow].flatMap((each) => [...each]))
  for (const path of before) {
    if (hashes.has(path)) continue
    await folder.remove(path)
    counts.removed += 1
  }
  await folder.sync()
  const shown = works.flatMap(({ newest, withdrawal }) => (withdrawal === null ? [newest] : []))
  const manifest = printManifest(hashes, shown)
  counts[await folder.put(MANIFEST, manifest, sha256Of(manifest))] += 1
  await folder.sync()
  return done({ counts, hashesByWork })
}
