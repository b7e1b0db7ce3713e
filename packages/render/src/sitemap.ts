import type { RevisionFacts, Site } from '@stet/schema/revision'
import { x } from 'xastscript'
import { printXml } from './print-xml.ts'
import { CORRECTIONS_PATH } from './revision-paths.ts'

/** What one file may hold by its protocol (sitemaps.org). */
const MOST_ADDRESSES = 50_000

/** Every page that stands, and when it last changed. Revisions of the past are left out: their pages name this one as theirs. */
export const renderSitemap = (revisions: readonly Pick<RevisionFacts, 'path' | 'publishedAt'>[], site: Site): string => {
  const pages = [
    { path: '/', changedAt: null },
    { path: CORRECTIONS_PATH, changedAt: null },
    ...revisions.map(({ path, publishedAt }) => ({ path, changedAt: publishedAt })),
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
