import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Site } from '@stet/schema/revision'
import { renderBibtex } from './bibtex.ts'
import { renderChaptersJson } from './chapters-json.ts'
import { renderCslJson } from './csl-json.ts'
import type { Edition } from './edition.ts'
import { type FormatName, fileKinds, fileName, formatsOf, hasFormat, stemOf } from './file-kinds.ts'
import { renderPage } from './html.ts'
import { snapshotJson } from './json.ts'
import { renderMarkdown } from './markdown.ts'
import { renderSourcesCsv } from './sources-csv.ts'
import { renderSrt } from './srt.ts'
import { renderText } from './text.ts'
import { renderTranscriptJson } from './transcript-json.ts'
import { renderVtt } from './vtt.ts'
import { renderZip } from './zip.ts'

type Render = (edition: Edition, site: Site) => string

const texts: Record<Exclude<FormatName, 'zip'>, Render> = {
  html: renderPage,
  text: ({ snapshot }) => renderText(snapshot),
  md: ({ snapshot }) => renderMarkdown(snapshot),
  json: ({ snapshot }) => snapshotJson(snapshot),
  vtt: ({ snapshot }) => renderVtt(snapshot),
  srt: ({ snapshot }) => renderSrt(snapshot),
  transcript: ({ snapshot }) => renderTranscriptJson(snapshot),
  chapters: renderChaptersJson,
  csl: ({ snapshot }) => renderCslJson(snapshot),
  bib: ({ snapshot }) => renderBibtex(snapshot),
  csv: ({ snapshot }) => renderSourcesCsv(snapshot),
}

/** `name` as it stands in the folder of the revision. */
export type RenderedFile = { readonly format: FormatName; readonly name: string; readonly bytes: Uint8Array }

/** The forms of one dispatch or essay as exact bytes, each made once, when it is first asked for. */
export type Forms = { readonly bytes: (format: FormatName) => Uint8Array }

export const formsOf = (edition: Edition, site: Site): Forms => {
  const bytesByFormat = new Map<FormatName, Uint8Array>()
  const made = (format: FormatName): Uint8Array =>
    format === 'zip' ? zipOf(edition, bytes) : utf8ToBytes(texts[format](edition, site))
  const bytes = (format: FormatName): Uint8Array => {
    const known = bytesByFormat.get(format) ?? made(format)
    bytesByFormat.set(format, known)
    return known
  }
  return { bytes }
}

/** All other forms, in the order in which a page lists them. */
const zipOf = (edition: Edition, bytes: Forms['bytes']): Uint8Array => {
  const stem = stemOf(edition.snapshot, edition.revision)
  const packed = formatsOf(edition.snapshot).filter((format) => format !== 'zip')
  const files = packed.map((format) => ({ name: fileName(stem, fileKinds[format]), bytes: bytes(format) }))
  return renderZip(stem, files, edition)
}

/** Every form that a dispatch or essay has; the zip of all is the last. */
export const renderFiles = (edition: Edition, site: Site): readonly RenderedFile[] => {
  const stem = stemOf(edition.snapshot, edition.revision)
  const { bytes } = formsOf(edition, site)
  return formatsOf(edition.snapshot).map((format) => ({ format, name: fileName(stem, fileKinds[format]), bytes: bytes(format) }))
}

/** One of them; null where there is no such form. For the bot and the desk. */
export const renderFormat = (format: FormatName, edition: Edition, site: Site): Uint8Array | null =>
  hasFormat(edition.snapshot, format) ? formsOf(edition, site).bytes(format) : null
