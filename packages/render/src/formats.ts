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

/** Every form that a dispatch or essay has, as exact bytes; the zip of all is the last. */
export const renderFiles = (edition: Edition, site: Site): readonly RenderedFile[] => {
  const stem = stemOf(edition.snapshot, edition.revision)
  const files = formatsOf(edition.snapshot).flatMap((format): RenderedFile[] =>
    format === 'zip'
      ? []
      : [{ format, name: fileName(stem, fileKinds[format]), bytes: utf8ToBytes(texts[format](edition, site)) }],
  )
  return [...files, { format: 'zip', name: fileName(stem, fileKinds.zip), bytes: renderZip(stem, files, edition) }]
}

/** One of them; null where there is no such form. For the server, the bot and the desk. */
export const renderFormat = (format: FormatName, edition: Edition, site: Site): Uint8Array | null => {
  if (!hasFormat(edition.snapshot, format)) return null
  return format === 'zip' ? (renderFiles(edition, site).at(-1)?.bytes ?? null) : utf8ToBytes(texts[format](edition, site))
}
