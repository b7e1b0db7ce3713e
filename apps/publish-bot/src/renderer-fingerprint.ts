import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What pages are made by: a file of each package that says how. */
const MAKERS = ['@stet/render/json', '@stet/schema/snapshot', '@stet/picture/print-picture']

/**
 * Tells the programs that make the site from others: the sha256 of their source, and of the exact versions that their packages name. Nobody has to
 * remember to raise a number; at worst a change of a comment makes everything anew.
 */
export const rendererFingerprint = (): string => {
  const hash = createHash('sha256').update(process.versions['unicode'] ?? '')
  const packages = MAKERS.map((name) => dirname(dirname(realpathSync(fileURLToPath(import.meta.resolve(name))))))
  for (const folder of [...packages, dirname(import.meta.dirname)]) addSource(hash, folder)
  return hash.digest('hex')
}

/** Names, lengths and bytes, so that no two sources look alike. */
export const addSource = (hash: Pick<ReturnType<typeof createHash>, 'update'>, folder: string): void => {
  const sources = readdirSync(join(folder, 'src'))
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
    .sort()
  for (const name of ['package.json', ...sources.map((source) => `src/${source}`)]) {
    const bytes = readFileSync(join(folder, name))
    hash.update(`${name} ${bytes.length}\n`).update(bytes)
  }
}
