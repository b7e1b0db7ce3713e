import { readFile } from 'node:fs/promises'
import { formatFault, importText } from '@stet/import/import-text'
import { newDispatchId } from '@stet/schema/ids'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'

/** On the first run, one dispatch to look at. Does nothing once the log holds anything. */
export const addSample = async ({ log, pool }: { log: UpdateLog; pool: DecodePool }): Promise<void> => {
  if ((await log.heads()).length > 0) return
  const imported = importText(await readFile(new URL('./dispatch-001.txt', import.meta.url), 'utf8'))
  if (!imported.ok) throw new Error(`the sample dispatch: ${formatFault(imported.fault)}`)
  const written = await pool.run('writeContent', { content: imported.content })
  if (!written.ok) throw new Error(`the sample dispatch: ${written.message}`)
  await log.create(newDispatchId(), { update: written.value, author: 'the sample' })
}
