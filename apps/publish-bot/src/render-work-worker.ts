import type { Site } from '@stet/schema/revision'
import { workFiles } from './exported-site.ts'
import type { Work } from './gather-published.ts'
import { sha256Of } from './site-folder.ts'

export type MadeFile = { readonly path: string; readonly bytes: Uint8Array; readonly sha256: string }

/** In a thread of its own: all files of one dispatch or essay. */
const renderWork = ({ work, site }: { work: Work; site: Site }): MadeFile[] =>
  workFiles(work, site).map(({ path, render }) => {
    const bytes = Buffer.from(render())
    return { path, bytes, sha256: sha256Of(bytes) }
  })

/** @public for the pool */
export default renderWork
