import { type FormatName, formats } from '@stet/render/formats'
import type { Revision, Site } from '@stet/schema/revision'
import { renderBytes } from './render-bytes.ts'

export type SiteFile = { readonly path: string; readonly bytes: Uint8Array }

/** `/dispatches/008/` -> `dispatches/008/index.html`, `dispatches/008.md`, ... */
export const filesOf = (revision: Revision, site: Site): SiteFile[] =>
  (Object.keys(formats) as FormatName[]).map((format) => {
    const stem = revision.path.replace(/^\/|\/$/g, '')
    const path = format === 'html' ? `${stem}/index.html` : `${stem}.${formats[format].extension}`
    return { path, bytes: renderBytes(format, { snapshot: revision.snapshot, revision }, site) }
  })
