import type { Site } from '@stet/schema/revision'
import { x } from 'xastscript'
import { type ArchiveEntry, hostsOf, speakersOf } from './archive-entry.ts'
import { printXml } from './print-xml.ts'
import { CORRECTIONS_PATH } from './revision-paths.ts'
import { ABOUT_PATH, hostPath, speakerPath } from './site-paths.ts'

/** What one file may hold by its protocol (sitemaps.org). */
const MOST_ADDRESSES = 50_000

/** Every page that stands, and when it last changed. Revisions of the past are left out: their pages name this one as theirs. */
export const renderSitemap = (entries: readonly ArchiveEntry[], site: Site): string => {
  const pages = [
    { path: '/', changedAt: null },
    { path: ABOUT_PATH, changedAt: null },
    { path: CORRECTIONS_PATH, changedAt: null },
    ...entries.map(({ path, publishedAt }) => ({ path, changedAt: publishedAt })),
    ...speakersOf(entries).map(({ slug }) => ({ path: speakerPath(slug), changedAt: null })),
    ...hostsOf(entries).map(({ host }) => ({ path: hostPath(host), changedAt: null })),
  ]
  return printXml(
    x(
      'urlset',
      { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' },
      pages
        .slice(0, MOST_ADDRESSES)
        .map(({ path, changedAt }) =>
          x('url', [x('loc', `${site.url}${path}`), ...(changedAt === null ? [] : [x('lastmod', changedAt)])]),
        ),
    ),
  )
}
