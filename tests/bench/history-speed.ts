/**
 * How long it takes to look at what was, and what that costs who writes meanwhile: a dispatch of many entries as two people typed
 * them, one at a time, the real server as a process of its own, and beside it one who types in another dispatch.
 *
 *     npm run bench:history             20,000 and 100,000 entries; ENTRIES=300000 for others
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { writeContent } from '@stet/schema/layout/write-content'
import { emptyContent } from '@stet/schema/snapshot'
import * as Y from 'yjs'
import { dataFiles } from '../../apps/sync-server/src/data-folder.ts'
import { openSqliteLog } from '../../apps/sync-server/src/log/sqlite-log.ts'
import { createRandom } from '../../apps/sync-server/src/sync/honest-replica.ts'
import { createDispatch, startServerProcess } from '../chaos/server-process.ts'
import { openWire } from '../chaos/wire.ts'

const TURNS = 150
const LOOKS = 3
const TYPED_EVERY = 25
const QUIET = 1_000

type Entry = { readonly update: Uint8Array; readonly author: string }

/** Two who type at once in turns of their own, go elsewhere now and then, erase and split. */
const typedEntries = (count: number): Entry[] => {
  const random = createRandom(7)
  const entries: Entry[] = []
  const docs = [new Y.Doc(), new Y.Doc()]
  const born = new Y.Doc()
  const body = Array.from({ length: TURNS }, (_, nth) => ({
    kind: 'turn' as const,
    id: `t${nth}`,
    speaker: null,
    start: null,
    content: [{ type: 'text' as const, text: `turn ${nth} ` }],
  }))
  writeContent(born, { ...emptyContent('dispatch'), title: 'Tides', body })
  entries.push({ update: Y.encodeStateAsUpdate(born), author: 'ada' })
  const writers = docs.map((doc, nth) => {
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(born), 'heard')
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'heard') return
      entries.push({ update, author: nth === 0 ? 'ada' : 'bob' })
      Y.applyUpdate(docs[1 - nth] as Y.Doc, update, 'heard')
    })
    return { body: openDispatch(doc).body, at: { block: `t${nth * 5}`, offset: 0 } }
  })
  while (entries.length < count) {
    const writer = random.pick(writers)
    if (random.below(60) === 0) {
      const { id, length } = random.pick(writer.body.read().visible)
      writer.at = { block: id, offset: length }
    }
    const { block, offset } = writer.at
    const chance = random.below(100)
    if (chance < 12 && offset > 2) {
      writer.body.deleteText(block, offset - 1, offset, null)
      writer.at = { block, offset: offset - 1 }
    } else if (chance === 12) writer.body.split(writer.at, {}, null)
    else {
      writer.body.insertText(writer.at, 'e', {}, null)
      writer.at = { block, offset: offset + 1 }
    }
  }
  return entries
}

const measure = async (count: number): Promise<string> => {
  const data = mkdtempSync(join(process.env['STET_BENCH_FOLDER'] ?? tmpdir(), 'stet-history-'))
  const id = 'H'.repeat(22)
  const entries = typedEntries(count)
  const log = await openSqliteLog({ database: dataFiles(data).log, heads: dataFiles(data).heads })
  for (let at = 0; at < entries.length; at += 5_000) await log.append(id, entries.slice(at, at + 5_000))
  await log.close()

  const server = await startServerProcess(data)
  const leftAt: number[] = []
  let took: number[] = []
  const doc = new Y.Doc()
  let known = 0
  const wire = openWire({
    ...server,
    dispatch: await createDispatch(server),
    doc,
    onTheWay: (frame) => {
      leftAt.push(performance.now())
      return [frame]
    },
    onSaved: (saved) => {
      for (; known < saved; known++) took.push(performance.now() - (leftAt[known] ?? 0))
    },
  })
  await wire.synced
  const typing = setInterval(() => doc.getText('title').insert(0, 'k'), TYPED_EVERY)
  const look = async (path: string) => {
    const begun = performance.now()
    const answer = await fetch(`${server.url}/api/dispatches/${id}/history${path}`, {
      headers: { authorization: server.authorization },
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
    return performance.now() - begun
  }
  const quiet = async () => {
    await setTimeout(QUIET)
    return 0
  }
  const half = Math.floor(entries.length / 2)
  const looks = [
    ['nobody looks', null],
    ['sessions', ''],
    ['at the middle', `/at/${half}`],
    ['at the end', `/at/${entries.length}`],
    ['diff of all', '/diff?from=1'],
    ['diff of the second half', `/diff?from=${half}`],
    ['diff of the last 100 entries', `/diff?from=${entries.length - 100}`],
  ] as const
  await look('')
  const rows: string[] = []
  for (const [name, path] of looks) {
    took = []
    const times: number[] = []
    for (let nth = 0; nth < LOOKS; nth++) times.push(path === null ? await quiet() : await look(path))
    took.sort((a, b) => a - b)
    const p = (part: number) => (took[Math.floor((took.length - 1) * part)] ?? 0).toFixed(1)
    const [median = 0] = times.sort((a, b) => a - b).slice(Math.floor(LOOKS / 2))
    rows.push(`| ${count} | ${name} | ${(median / 1000).toFixed(1)} s | ${p(0.5)} / ${p(0.99)} / ${p(1)} ms |`)
  }
  clearInterval(typing)
  wire.close()
  server.signal('SIGTERM')
  await server.ended
  rmSync(data, { recursive: true, force: true })
  return rows.join('\n')
}

console.log('| entries | what | median of three | a letter’s acknowledgement beside it, p50 / p99 / worst |')
console.log('| --- | --- | --- | --- |')
for (const count of process.env['ENTRIES'] === undefined ? [20_000, 100_000] : [Number(process.env['ENTRIES'])])
  console.log(await measure(count))
