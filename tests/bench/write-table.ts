import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

/** Puts a table where a page has its place for that of an `npm run bench:...`, and formats the page as all pages are. */
export const writeTable = (path: string, bench: string, table: string): void => {
  const begin = `<!-- ${bench} begins; \`npm run ${bench} -- --write\` writes what stands here -->`
  const page = readFileSync(path, 'utf8')
  const [from, to] = [page.indexOf(begin), page.indexOf(`<!-- ${bench} ends -->`)]
  if (from < 0 || to < from) throw new Error(`${path} has no place for the table: ${begin}`)
  writeFileSync(path, `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`)
  execFileSync('biome', ['format', '--write', path], { stdio: ['ignore', 'ignore', 'inherit'] })
}
