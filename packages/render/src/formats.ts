import type { Site } from '@stet/schema/revision'
import { type Edition, renderPage } from './html.ts'
import { snapshotJson } from './json.ts'
import { renderMarkdown } from './markdown.ts'
import { renderText } from './text.ts'

export type Format = {
  readonly extension: string
  readonly mediaType: string
  readonly render: (edition: Edition, site: Site) => string
}

/** Every form a dispatch can be had in, for the server and the bot alike. */
export const formats = {
  text: { extension: 'txt', mediaType: 'text/plain; charset=utf-8', render: ({ snapshot }) => renderText(snapshot) },
  json: { extension: 'json', mediaType: 'application/json', render: ({ snapshot }) => snapshotJson(snapshot) },
  md: { extension: 'md', mediaType: 'text/markdown; charset=utf-8', render: ({ snapshot }) => renderMarkdown(snapshot) },
  html: { extension: 'html', mediaType: 'text/html; charset=utf-8', render: renderPage },
} as const satisfies Record<string, Format>

/**
 * Where a form of a revision lies, from the root of the site: the page is the folder's index, the others stand beside it
 * under the folder's name. `/dispatches/008/` as Markdown is `dispatches/008/008.md`.
 */
export const siteFile = (revisionPath: string, { extension }: Format): string => {
  const folder = revisionPath.replace(/^\/|\/$/g, '')
  const name = extension === formats.html.extension ? 'index' : folder.slice(folder.lastIndexOf('/') + 1)
  return `${folder}/${name}.${extension}`
}

export type FormatName = keyof typeof formats

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(formats, name)
