import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RevisionFacts, Site, Withdrawal } from '@stet/schema/revision'
import { Sha256 } from '@stet/schema/sha256'
import { z } from 'zod'
import { Recording } from './recordings.ts'
import { isSitePath } from './site-path.ts'

export const MANIFEST = 'manifest.json'

/** What the files of an exported folder follow from: where all of it is the same, so are they. */
const Made = z.object({
  /** By which renderers (`renderer-fingerprint.ts`). */
  renderer: Sha256,
  site: Site,
  /** Everything that was ever published, by path: its revisions, oldest first. */
  works: z.array(
    z.object({
      listed: z.array(RevisionFacts).min(1),
      withdrawal: Withdrawal.nullable(),
      /** Which its pages play, whether they are in the folder or not. */
      recordings: z.array(Recording),
    }),
  ),
})
export type Made = z.infer<typeof Made>

const Listed = z.object({ files: z.record(z.string().refine(isSitePath), Sha256), works: z.array(z.unknown()) })

/** What an exported folder holds: the sha256 of each file by its path, and what they were made of. */
export type Manifest = {
  readonly files: ReadonlyMap<string, string>
  /** Null where that is written in a way we do not know. */
  readonly made: Made | null
}

/** The same revisions give the same bytes: everything is sorted and nothing tells of this run. */
export const printManifest = ({ files, made }: { readonly files: Manifest['files']; readonly made: Made }): Uint8Array => {
  const works = made.works.toSorted((a, b) => byCodeUnit(a.listed[0]?.path ?? '', b.listed[0]?.path ?? ''))
  const sorted = Object.fromEntries([...files].sort(([a], [b]) => byCodeUnit(a, b)))
  return Buffer.from(`${JSON.stringify({ renderer: made.renderer, site: made.site, works, files: sorted }, null, 2)}\n`)
}

/** Of a folder in which none stands, one that lists nothing; null where it is not one of ours. */
export const readManifest = (root: string): Manifest | null => {
  const file = join(root, MANIFEST)
  if (!existsSync(file)) return { files: new Map(), made: null }
  const json = jsonOf(readFileSync(file))
  const listed = Listed.safeParse(json)
  return listed.success ? { files: new Map(Object.entries(listed.data.files)), made: Made.safeParse(json).data ?? null } : null
}

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
