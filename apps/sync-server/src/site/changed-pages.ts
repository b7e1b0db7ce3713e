import { formats, siteFile } from '@stet/render/formats'
import { CORRECTIONS_PATH, changesPath, revisionPath, revisionsPath } from '@stet/render/revision-paths'
import type { Preview } from '@stet/schema/publishing'
import type { RevisionFacts } from '@stet/schema/revision'

/** What a revision makes or changes on the site: its page and files, its own address, and the pages that tell of it. */
export const changedPages = (
  { path, revision }: Pick<RevisionFacts, 'path' | 'revision'>,
  isCorrection: boolean,
): Preview['pages'] => {
  const is = revision === 1 ? 'new' : 'changed'
  const files = Object.values(formats)
    .filter((format) => format !== formats.html)
    .map((format) => ({ path: `/${siteFile(path, format)}`, is }) as const)
  return [
    { path, is },
    ...files,
    { path: revisionsPath(path), is },
    { path: revisionPath(path, revision), is: 'new' },
    ...(revision === 1 ? [] : [{ path: changesPath(path, revision), is: 'new' } as const]),
    { path: '/', is: 'changed' },
    ...(revision === 1 || !isCorrection ? [] : [{ path: CORRECTIONS_PATH, is: 'changed' } as const]),
  ]
}
