import type { RevisionFacts } from '@stet/schema/revision'
import { isSitePath } from './site-folder.ts'

export const MANIFEST = 'manifest.json'

/** What an exported folder holds: the sha256 of each file, and the revisions they were made of. */
type Manifest = { readonly files: Readonly<Record<string, string>>; readonly revisions: readonly RevisionFacts[] }

/** The same revisions give the same bytes: everything is sorted and nothing tells of this run. */
export const printManifest = (hashes: ReadonlyMap<string, string>, revisions: readonly RevisionFacts[]): Uint8Array => {
  const manifest: Manifest = {
    files: Object.fromEntries([...hashes].sort(([a], [b]) => byCodeUnit(a, b))),
    revisions: [...revisions].sort((a, b) => byCodeUnit(a.path, b.path)),
  }
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
}

/** The files that the manifest standing in a folder lists; null when it is not one of ours. */
export const listedFiles = (bytes: Uint8Array): string[] | null => {
  try {
    const { files, revisions } = JSON.parse(new TextDecoder().decode(bytes)) as { files?: unknown; revisions?: unknown }
    if (typeof files !== 'object' || files === null || !Array.isArray(revisions)) return null
    const paths = Object.keys(files)
    return paths.every(isSitePath) ? paths : null
  } catch {
    return null
  }
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
