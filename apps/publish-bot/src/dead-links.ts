import { posix } from 'node:path'

/** For tests: every link of an exported folder that leads to a file which is not there, as `page -> link`. */
export const deadLinks = (files: ReadonlyMap<string, Uint8Array>, origin: string): string[] =>
  [...files].flatMap(([file, bytes]) => {
    const isPage = file.endsWith('.html')
    if (!isPage && !/^(feed\.|sitemap)/.test(file)) return []
    const text = Buffer.from(bytes).toString('utf8')
    const links = isPage ? linksOf(text) : [...text.matchAll(/https?:\/\/[^\s"<>&\\]+/g)].map(([link]) => link)
    return links.filter((link) => leadsNowhere(files, file, link, origin)).map((link) => `${file} -> ${link}`)
  })

const linksOf = (html: string): string[] =>
  [...html.matchAll(/(?:href|src)="([^"]*)"|content="(https?:[^"]*)"|url\("([^"]*)"\)/g)].map(([, link, address, inStyle]) =>
    (link ?? address ?? inStyle ?? '').replaceAll('&#x26;', '&'),
  )

const leadsNowhere = (files: ReadonlyMap<string, Uint8Array>, from: string, link: string, origin: string): boolean => {
  const page = new URL(from.replace(/(^|\/)index\.html$/, '$1'), `${origin}/`)
  if (!URL.canParse(link, page)) return true
  const { origin: of, pathname, hash } = new URL(link, page)
  if (of !== origin) return false
  const file = posix.join(pathname, pathname.endsWith('/') ? 'index.html' : '').slice(1)
  const target = files.get(decodeURIComponent(file))
  if (target === undefined) return true
  return hash !== '' && !Buffer.from(target).includes(`id="${hash.slice(1)}"`)
}
