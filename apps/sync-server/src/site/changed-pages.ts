import { formats, siteFile } from '@stet/render/formats'
import type { Preview } from '@stet/schema/publishing'
import type { RevisionFacts } from '@stet/schema/revision'

/** What a revision makes or changes on the site: its page and files, and the front page that leads to them. */
export const changedPages = ({ path, revision }: Pick<RevisionFacts, 'path' | 'revision'>): Preview['pages'] => {
  const is = revision === 1 ? 'new' : 'changed'
  const files = Object.values(formats)
    .filter((format) => format !== formats.html)
    .map((format) => ({ path: `/${siteFile(path, format)}`, is }) as const)
  return [{ path, is }, ...files, { path: '/', is: 'changed' }]
}
