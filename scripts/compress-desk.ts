/** Lays a Brotli and a gzip copy beside each text file of the built desk, for the server to hand out as they are. */
import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const built = join(import.meta.dirname, '../apps/web/dist')
/** Smaller ones fit one packet either way. */
const WORTH_IT = 1_000

const compressFile = async (path: string): Promise<void> => {
  const bytes = await readFile(path)
  if (bytes.length < WORTH_IT) return
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    promisify(gzip)(bytes, { level: 9 }),
  ])
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
}

const files = globSync('**/*.{html,js,css,svg,webmanifest}', { cwd: built })
await Promise.all(files.map((file) => compressFile(join(built, file))))
