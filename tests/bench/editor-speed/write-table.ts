import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const BEGIN = '<!-- bench:editor begins; `npm run bench:editor -- --write` writes what stands here -->'
const END = '<!-- bench:editor ends -->'

/** Puts a table where a page has its place for it, and formats the page as all pages are. */
export const writeTable = (path: string, table: string): void => {
  const page = readFileSync(path, 'utf8')
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`${path} has no place for the table: ${BEGIN}`)
  writeFileSync(path, `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`)
  execFileSync('biome', ['format', '--write', path], { stdio: ['ignore', 'ignore', 'inherit'] })
}
