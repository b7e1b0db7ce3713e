import { voicesOf } from '@stet/render/archive-entry'
import { JSON_FEED_PATH, PODCAST_PATH, RSS_PATH, SITEMAP_PATH } from '@stet/render/feed-paths'
import { fileKinds, formatsOf, hasFormat, siteFile } from '@stet/render/file-kinds'
import { CORRECTIONS_PATH, changesPath, revisionPath, revisionsPath } from '@stet/render/revision-paths'
import { ABOUT_PATH, hostOf, hostPath, SEARCH_INDEX_PATH, speakerPath } from '@stet/render/site-paths'
import { picturePath } from '@stet/render/social-picture'
import type { Preview } from '@stet/schema/publishing'
import type { RevisionFacts } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'

/** What a revision makes or changes on the site: its page and files, its own address, and the pages that tell of it. */
export const changedPages = (
  { path, revision }: Pick<RevisionFacts, 'path' | 'revision'>,
  snapshot: Snapshot,
  /** As it was published last; null while it never was. */
  last: Snapshot | null,
  isCorrection: boolean,
): Preview['pages'] => {
  const is = revision === 1 ? 'new' : 'changed'
  const files = formatsOf(snapshot)
    .filter((format) => format !== 'html')
    .map((format) => ({
      path: `/${siteFile(path, fileKinds[format])}`,
      is: last !== null && hasFormat(last, format) ? ('changed' as const) : ('new' as const),
    }))
  return [
    { path, is },
    ...files,
    { path: picturePath(path), is },
    { path: revisionsPath(path), is },
    { path: revisionPath(path, revision), is: 'new' },
    ...(revision === 1 ? [] : [{ path: changesPath(path, revision), is: 'new' } as const]),
    ...[
      '/',
      ABOUT_PATH,
      ...gatheringPages(snapshot, last),
      RSS_PATH,
      JSON_FEED_PATH,
      ...(snapshot.audio || last?.audio ? [PODCAST_PATH] : []),
      SITEMAP_PATH,
      SEARCH_INDEX_PATH,
    ].map((changed) => ({ path: changed, is: 'changed' }) as const),
    ...(revision === 1 || !isCorrection ? [] : [{ path: CORRECTIONS_PATH, is: 'changed' } as const]),
  ]
}

/** The pages of those who speak in it and of the places it cites, or did last. */
const gatheringPages = (...snapshots: readonly (Snapshot | null)[]): string[] => [
  ...new Set(
    snapshots.flatMap((snapshot) =>
      snapshot === null
        ? []
        : [
            ...voicesOf(snapshot).map(({ slug }) => speakerPath(slug)),
            ...snapshot.sources.flatMap((source) => hostOf(source) ?? []).map(hostPath),
          ],
    ),
  ),
]
