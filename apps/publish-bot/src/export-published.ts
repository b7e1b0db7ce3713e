import type { ApiClient } from '@stet/schema/contract/client'
import type { RevisionFacts } from '@stet/schema/revision'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { type SiteFile, siteFiles } from './exported-site.ts'
import { fontFiles } from './font-files.ts'
import { gatherPublished } from './gather-published.ts'
import { listedFiles, MANIFEST, printManifest } from './manifest.ts'
import { openSiteFolder, type SiteFolder, sha256Of } from './site-folder.ts'
import type { Terminal } from './terminal.ts'

export type Counts = { written: number; unchanged: number; removed: number }

/**
 * The public site, as a folder of files. All revisions are fetched and checked before the first
 * byte is written, so a server that fails halfway changes nothing here. The manifest comes last: until
 * then the old one stands, and a run that is killed is completed by the next.
 */
export const exportPublished = async (api: ApiClient, root: string, terminal: Terminal): Promise<Result<Counts>> => {
  const gathered = await gatherPublished(api, (count, all) => terminal.progress(`Fetched ${count} of ${all}`))
  if (!gathered.ok) return gathered
  const files = [...fontFiles(), ...siteFiles(gathered.value)]
  const shown = gathered.value.works.flatMap(({ newest, withdrawal }) => (withdrawal === null ? [newest] : []))
  try {
    const folder = await openSiteFolder(root)
    try {
      return await writeSite(folder, files, shown, (count) => terminal.progress(`Written ${count} of ${files.length}`))
    } finally {
      await folder.close()
    }
  } catch (error) {
    return failed(ExitCode.usage, `Could not write to ${root}: ${(error as Error).message}`)
  } finally {
    terminal.progress('')
  }
}

const writeSite = async (
  folder: SiteFolder,
  files: readonly SiteFile[],
  shown: readonly RevisionFacts[],
  onProgress: (written: number) => void,
): Promise<Result<Counts>> => {
  const standing = await folder.read(MANIFEST)
  const before = standing === null ? [] : listedFiles(standing)
  if (before === null)
    return failed(
      ExitCode.usage,
      `${MANIFEST} in this folder is not one that the bot wrote; choose another folder, or remove it first.`,
    )

  const counts = { written: 0, unchanged: 0, removed: 0 }
  const hashes = new Map<string, string>()
  for (const [index, { path, render }] of files.entries()) {
    const bytes = Buffer.from(render())
    counts[await folder.put(path, bytes)] += 1
    hashes.set(path, sha256Of(bytes))
    onProgress(index + 1)
  }
  for (const path of before) {
    if (hashes.has(path)) continue
    await folder.remove(path)
    counts.removed += 1
  }
  await folder.sync()
  counts[await folder.put(MANIFEST, printManifest(hashes, shown))] += 1
  await folder.sync()
  return done(counts)
}
