import { type FormatName, fileKinds } from '@stet/render/file-kinds'
import { renderFormat } from '@stet/render/formats'
import type { Site } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import { numberOf, titleOf } from '../library/listing-name.ts'

/** A file by the number of its dispatch, or the title of what has none. It is a draft, so a page of it says so. */
export const exportFile = (snapshot: Snapshot, format: FormatName, site: Site): { name: string; bytes: Blob } => {
  const { extension, mediaType } = fileKinds[format]
  const rendered = renderFormat(format, { snapshot, revision: null }, site)
  if (rendered === null) throw new Error(`there is no ${extension} of this: only what formatsOf names is offered`)
  const stem =
    numberOf(snapshot) ||
    titleOf(snapshot)
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
  return { name: `${stem || 'untitled'}.${extension}`, bytes: new Blob([Uint8Array.from(rendered)], { type: mediaType }) }
}
