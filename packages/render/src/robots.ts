import type { Site } from '@stet/schema/revision'
import { SITEMAP_PATH } from './feed-paths.ts'
import { SEARCH_PATH } from './site-paths.ts'

/** The public pages are for everyone; the desk has nothing to be found. */
export const renderRobots = (site: Site): string =>
  [
    'User-agent: *',
    'Disallow: /desk/',
    'Disallow: /api/',
    `Disallow: ${SEARCH_PATH}`,
    '',
    `Sitemap: ${site.url}${SITEMAP_PATH}`,
    '',
  ].join('\n')
