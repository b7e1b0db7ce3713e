import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDecodePool } from '../decode/decode-pool.ts'
import { createRandom } from '../sync/honest-replica.ts'
import { openSqliteLog } from './sqlite-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-size-'))
const pool = createDecodePool(1)
afterAll(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

const EDITS = 20_000
const WORDS = 'let it stand where the tide turns under the old wall and nobody counts the boats'.split(' ')

/** Two who write at places of their own, letter by letter, and take as much away again as they leave. */
const dispatch = () => {
  const random = createRandom(4)
  const authors = ['ada', 'bob']
  const docs = authors.map((_, index) => Object.assign(new Y.Doc(), { clientID: 100 + index }))
  const entries: { update: Uint8Array; author: string }[] = []
  for (const [index, doc] of docs.entries())
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return
      entries.push({ update, author: authors[index] as string })
      Y.applyUpdate(docs[1 - index] as Y.Doc, update, 'other')
    })
  while (entries.length < EDITS) {
    const text = random.pick(docs).getText('body')
    let at = random.below(text.length + 1)
    if (text.length > 2_000 || (text.length > 50 && random.below(2) === 0))
      for (let left = random.below(40); left > 0 && at < text.length; left--) text.delete(at, 1)
    else for (const letter of `${random.pick(WORDS)} `) text.insert(at++, letter)
  }
  return { entries, whole: docs[0] as Y.Doc }
}

test('V20: what is stored of a long dispatch is its collected state, and a history that is smaller than what came in', async () => {
  const { entries, whole } = dispatch()
  const files = { database: join(folder, 'log.sqlite'), heads: join(folder, 'log.heads') }
  const log = await openSqliteLog(files)
  for (let from = 0; from < entries.length; from += 1_000) {
    await log.append('r', entries.slice(from, from + 1_000))
    const { checkpoint, rows } = await log.load('r')
    const state = { checkpoint: checkpoint?.state ?? null, updates: rows.map(({ update }) => update) }
    const outcome = await pool.run('compact', { state })
    if (!outcome.ok) throw new Error(outcome.message)
    await log.storeCheckpoint('r', { seq: rows.at(-1)?.seq ?? 0, ...outcome.value })
  }
  const state = (await log.checkpoint('r'))?.state as Uint8Array
  const collected = new Y.Doc()
  Y.applyUpdate(collected, state)
  expect(state.length).toBeLessThanOrEqual(1.1 * Y.encodeStateAsUpdate(collected).length)

  const replayed = new Y.Doc({ gc: false })
  for (const { update } of await log.read('r', 0, entries.length)) Y.applyUpdate(replayed, update)
  for (const doc of [collected, replayed]) expect(doc.getText('body').toString()).toBe(whole.getText('body').toString())
  await log.close()

  const db = new Database(files.database)
  const kept = db.prepare<{ bytes: number }>('SELECT sum(length(facts) + length(updates)) AS bytes FROM history').get()
  db.close()
  const came = entries.reduce((sum, { update }) => sum + update.length, 0)
  console.info(`${entries.length} edits, ${came} bytes: state ${state.length}, history ${kept?.bytes}`)
  expect(kept?.bytes).toBeLessThan(came / 2)
}, 60_000)
