import { snapshotJson } from '@stet/render/json'
import { renderMarkdown } from '@stet/render/markdown'
import { renderText } from '@stet/render/text'
import type { Snapshot } from '@stet/schema/snapshot'
import { numberOf, titleOf } from '../library/listing-name.ts'

const formats = {
  text: { extension: 'txt', mediaType: 'text/plain', render: renderText },
  md: { extension: 'md', mediaType: 'text/markdown', render: renderMarkdown },
  json: { extension: 'json', mediaType: 'application/json', render: snapshotJson },
} as const

/** A file by the number of its dispatch, or the title of what has none. */
export const exportFile = (snapshot: Snapshot, format: keyof typeof formats): { name: string; bytes: Blob } => {
  const { extension, mediaType, render } = formats[format]
  const stem =
    numberOf(snapshot) ||
    titleOf(snapshot)
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
  return {
    name: `${stem || 'untitled'}.${extension}`,
    bytes: new Blob([render(snapshot)], { type: `${mediaType};charset=utf-8` }),
  }
}
