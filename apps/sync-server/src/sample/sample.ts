import { readFile } from 'node:fs/promises'
import { formatFault } from '@stet/import/import-outcome'
import { importText } from '@stet/import/import-text'
import { newDispatchId } from '@stet/schema/ids'
import type { Content } from '@stet/schema/snapshot'
import type { DecodePool } from '../decode/decode-pool.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { citeWords } from './cite-words.ts'

/** On the first run, one dispatch to look at. Does nothing once the log holds anything. */
export const addSample = async ({ log, pool }: { log: UpdateLog; pool: DecodePool }): Promise<void> => {
  if ((await log.heads()).length > 0) return
  const written = await pool.run('writeContent', { content: await readSample() })
  if (!written.ok) throw new Error(`the sample dispatch: ${written.message}`)
  await log.create(newDispatchId(), { update: written.value, author: 'the sample' })
}

/** The dispatch as its text tells it, and what the text format cannot tell: which words rest on which source. */
export const readSample = async (): Promise<Content> => {
  const imported = importText(await readFile(new URL('./dispatch-001.txt', import.meta.url), 'utf8'))
  if (!imported.ok) throw new Error(`the sample dispatch: ${formatFault(imported.fault)}`)
  return CITATIONS.reduce((content, [number, words]) => {
    const source = content.sources[number - 1]
    if (!source) throw new Error(`the sample dispatch: there is no source ${number}`)
    return citeWords(content, words, source.id)
  }, imported.content)
}

/** Sources by their numbers, in the order of the script. */
const CITATIONS: readonly (readonly [source: number, words: string])[] = [
  [1, 'recorded 412,000 people'],
  [2, 'the device counts interruptions, and the reader may decide what they were'],
  [1, "the footnote said 'under review'"],
  [3, 'gulls on the rail, very pleased with themselves'],
  [4, 'In two hours they filmed 640 gulls walking the handrail, and the counter recorded 633'],
  [5, 'The rail was the only warm perch for a mile'],
  [6, 'an address that belonged to a contractor who left in the autumn'],
  [6, 'The box moved down to hip height, the alert now goes to a mailbox that three people read'],
]
