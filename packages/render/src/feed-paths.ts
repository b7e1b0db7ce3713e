/** Where machines find what the show publishes, from the root of the site. */

export const RSS_PATH = '/feed.xml'
export const JSON_FEED_PATH = '/feed.json'
export const PODCAST_PATH = '/podcast.xml'
export const SITEMAP_PATH = '/sitemap.xml'
export const ROBOTS_PATH = '/robots.txt'
