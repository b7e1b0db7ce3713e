import { atMost } from './at-most.ts'
import { bringRecordings, recordingsStand } from './bring-recordings.ts'
import type { CommandContext } from './command-context.ts'
import { done, ExitCode, type Failure, failed, type Result } from './ending.ts'
import { type SiteFile, showFiles } from './exported-site.ts'
import { fetchArtwork } from './fetch-artwork.ts'
import { fontFiles } from './font-files.ts'
import { type KeptWork, keptWorks, newestSnapshots, showStands, toldOfKept } from './kept-works.ts'
import { type Listed, listPublished } from './list-published.ts'
import type { MadeWork } from './make-work.ts'
import { MANIFEST, type Manifest, printManifest, readManifest } from './manifest.ts'
import { openPlaceBehindLink } from './place-behind-link.ts'
import { openPlaceInFolder } from './place-in-folder.ts'
import { eachOnce, type Recording } from './recordings.ts'
import { rendererFingerprint } from './renderer-fingerprint.ts'
import type { SitePlace, Stage } from './site-place.ts'
import { createStager, type StagedFile } from './staged-file.ts'
import { openWorkPool } from './work-pool.ts'

export type Counts = { readonly written: number; readonly unchanged: number; readonly removed: number }

/** Exports the site, as often as it is told to; what did not change since the last time is not made again. */
export type Exporter = () => Promise<Result<Counts>>

export type ExportOptions = {
  /** A folder; with `isLink`, a link that is switched from one folder to another. */
  readonly out: string
  readonly isLink: boolean
  /** What did not change is made again as well. */
  readonly isAgain: boolean
  /** Recordings lie in the folder too; otherwise the server is asked for them. */
  readonly isWithRecordings: boolean
}

/**
 * The public site, as a folder of files. All that is new is fetched, checked and made before anything that stands is touched; then the new
 * site takes the place of the old one (`site-place.ts`).
 */
export const createExporter = (
  context: Pick<CommandContext, 'api' | 'origin' | 'token' | 'terminal'>,
  { out, isLink, isAgain, isWithRecordings }: ExportOptions,
): Exporter => {
  const { api } = context
  const renderer = rendererFingerprint()
  /** What this process has read or written: a file that is not asked for twice, by its path. */
  let seen: Manifest['files'] = new Map()

  const renew = async (place: SitePlace): Promise<Result<Counts>> => {
    const manifest = readManifest(place.root)
    if (manifest === null)
      return failed(
        ExitCode.usage,
        `${MANIFEST} in this folder is not one that the bot wrote; choose another folder, or remove it first.`,
      )
    const listed = await listPublished(api)
    if (!listed.ok) return listed
    const { site, works } = listed.value
    const kept = isAgain ? [] : keptWorks(place.root, manifest, listed.value, renderer, seen)
    const recordingsOf = (made: readonly Pick<MadeWork, 'recordings'>[]): Recording[] =>
      isWithRecordings ? eachOnce(made.flatMap(({ recordings }) => recordings)) : []
    const isWhole =
      kept.length === works.length &&
      showStands(place.root, manifest, kept, seen) &&
      recordingsStand(place.root, manifest.files, recordingsOf(kept))
    if (isWhole) {
      seen = manifest.files
      return done({ written: 0, unchanged: manifest.files.size + 1, removed: 0 })
    }
    const artwork = await fetchArtwork(context.origin, site)
    if (!artwork.ok) return artwork
    const stage = place.openStage()
    try {
      const folders = { root: place.root, stage: stage.folder }
      const made = await makeOthers(context, listed.value, kept, folders)
      if (!made.ok) return made
      const all = [...kept.map((work) => ({ ...work, entry: toldOfKept(place.root, work) })), ...made.value]
      const recordings = await bringRecordings(context, recordingsOf(all), { ...folders, isRead: isAgain })
      if (!recordings.ok) return recordings
      const { counts, files } = await putTogether(
        place,
        stage,
        { renderer, site, works: all },
        { artwork: artwork.value, recordings: recordings.value },
        manifest,
      )
      seen = files
      return done(counts)
    } finally {
      stage.close()
    }
  }

  return async () => {
    try {
      return await renew(isLink ? openPlaceBehindLink(out) : await openPlaceInFolder(out))
    } catch (error) {
      return failed(ExitCode.usage, `Could not write to ${out}: ${(error as Error).message}`)
    } finally {
      context.terminal.progress(null)
    }
  }
}

/** All that is listed and not kept; or the first failure. */
const makeOthers = async (
  { origin, token, terminal }: Pick<CommandContext, 'origin' | 'token' | 'terminal'>,
  { site, works }: Listed,
  kept: readonly KeptWork[],
  folders: { readonly root: string; readonly stage: string },
): Promise<Result<MadeWork[]>> => {
  const keptPaths = new Set(kept.map(({ newest }) => newest.path))
  const others = works.filter(({ newest }) => !keptPaths.has(newest.path))
  if (others.length === 0) return done([])
  const pool = await openWorkPool(others.length, { origin, token, site, ...folders })
  const made: MadeWork[] = []
  const failures: Failure[] = []
  try {
    await atMost(pool.width, others, async (work) => {
      if (failures.length > 0) return
      const outcome = await pool.make(work)
      if (outcome.ok) made.push(outcome.value)
      else failures.push(outcome.failure)
      terminal.progress({ verb: 'Made', count: made.length, all: others.length })
    })
  } finally {
    await pool.close()
  }
  return failures[0] === undefined ? done(made) : { ok: false, failure: failures[0] }
}

/** Makes what tells of the show as a whole, and the site of all. */
const putTogether = async (
  { root }: SitePlace,
  stage: Stage,
  { works, ...by }: { readonly renderer: string; readonly site: Listed['site']; readonly works: readonly MadeWork[] },
  { artwork, recordings }: { readonly artwork: readonly SiteFile[]; readonly recordings: readonly StagedFile[] },
  before: Manifest,
): Promise<{ counts: Counts; files: Manifest['files'] }> => {
  const stager = createStager(root, stage.folder)
  const ofShow = [...fontFiles(), ...artwork, ...showFiles(works, by.site, newestSnapshots(root, stage.folder))].map(
    ({ path, render }) => stager.put(path, Buffer.from(render())),
  )
  const ofWorks = works.flatMap((work) => work.files)
  const files = new Map([...ofWorks, ...ofShow, ...recordings].map(({ path, sha256 }) => [path, sha256]))
  const made = {
    ...by,
    works: works.map(({ listed, withdrawal, recordings }) => ({ listed: [...listed], withdrawal, recordings: [...recordings] })),
  }
  const all = [...ofWorks, ...ofShow, ...recordings, stager.put(MANIFEST, printManifest({ files, made }))]
  await stager.onDisk()
  const kept = all.filter(({ isNew }) => !isNew).map(({ path }) => path)
  const gone = [...before.files.keys()].filter((path) => !files.has(path))
  const counts = { written: all.length - kept.length, unchanged: kept.length, removed: gone.length }
  if (counts.written + counts.removed > 0) await stage.replace({ kept, gone })
  return { counts, files }
}
