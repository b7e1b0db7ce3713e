import { type FormatName, formats, siteFile } from '@stet/render/formats'
import type { Revision, Site } from '@stet/schema/revision'
import { renderBytes } from './render-bytes.ts'

export type SiteFile = { readonly path: string; readonly bytes: Uint8Array }

/** Every form of a revision, each where the site has it too. */
export const filesOf = (revision: Revision, site: Site): SiteFile[] =>
  (Object.keys(formats) as FormatName[]).map((format) => ({
    path: siteFile(revision.path, formats[format]),
    bytes: renderBytes(format, { snapshot: revision.snapshot, revision }, site),
  }))
