import { type ArchiveEntry, archiveEntry } from '@stet/render/archive-entry'
import type { ApiClient } from '@stet/schema/contract/client'
import type { RevisionFacts, Site } from '@stet/schema/revision'
import { done, type Result } from './ending.ts'
import { workFiles } from './exported-site.ts'
import { fetchWork } from './fetch-work.ts'
import type { ListedWork } from './list-published.ts'
import { type Recording, recordingsIn } from './recordings.ts'
import { createStager, type StagedFile } from './staged-file.ts'

/** One dispatch or essay in the folder: what the pages of the show tell of it, and its files. */
export type MadeWork = ListedWork & {
  /** Oldest first. */
  readonly listed: readonly RevisionFacts[]
  /** Null: it is withdrawn. */
  readonly entry: ArchiveEntry | null
  readonly files: readonly StagedFile[]
  /** Of all its revisions. */
  readonly recordings: readonly Recording[]
}

/** Fetches one dispatch or essay, checks it, and lays all its files into the stage. */
export const makeWork = async (
  api: ApiClient,
  work: ListedWork,
  site: Site,
  { root, stage }: { readonly root: string; readonly stage: string },
): Promise<Result<MadeWork>> => {
  const fetched = await fetchWork(api, work)
  if (!fetched.ok) return fetched
  const { newest, withdrawal, listed, revisions } = fetched.value
  const last = revisions.at(-1)
  const stager = createStager(root, stage)
  const files = workFiles(fetched.value, site).map(({ path, render }) => stager.put(path, Buffer.from(render())))
  await stager.onDisk()
  return done({
    newest,
    withdrawal,
    listed,
    entry: last === undefined ? null : archiveEntry({ facts: newest, snapshot: last.snapshot }),
    files,
    recordings: recordingsIn(revisions.map(({ snapshot }) => snapshot)),
  })
}
