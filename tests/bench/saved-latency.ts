/**
 * How long "saved" takes: ten writers on one dispatch type 50 letters a second each, and each letter is timed from its
 * frame's leaving to the acknowledgement that follows its commit. The real server, as a process of its own.
 *
 *     npm run bench:saved
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { createDispatch, startServerProcess } from '../chaos/server-process.ts'
import { openWire } from '../chaos/wire.ts'

const WRITERS = 10
const EDITS_A_SECOND = 500
const WARM_UP_SECONDS = 3
const SECONDS = Number(process.env['SECONDS'] ?? 20)

const data = mkdtempSync(join(process.env['STET_BENCH_FOLDER'] ?? tmpdir(), 'stet-saved-'))
const server = await startServerProcess(data)
const dispatch = await createDispatch(server)

const took: number[] = []
let counting = false
const openWriter = async () => {
  const doc = new Y.Doc()
  const text = doc.getText('body')
  const leftAt: number[] = []
  let known = 0
  const wire = openWire({
    ...server,
    dispatch,
    doc,
    onTheWay: (frame) => {
      leftAt.push(performance.now())
      return [frame]
    },
    onSaved: (count) => {
      const now = performance.now()
      for (; known < count; known++) if (counting) took.push(now - (leftAt[known] ?? now))
    },
  })
  await wire.synced
  return { wire, type: () => text.insert(text.length, 'k') }
}

const writers = await Promise.all(Array.from({ length: WRITERS }, openWriter))
const began = performance.now()
let typed = 0
await new Promise<void>((resolve) => {
  const timer = setInterval(() => {
    const elapsed = performance.now() - began
    counting = elapsed > WARM_UP_SECONDS * 1_000
    for (; typed < (elapsed * EDITS_A_SECOND) / 1_000; typed++) writers[typed % WRITERS]?.type()
    if (elapsed < (WARM_UP_SECONDS + SECONDS) * 1_000) return
    clearInterval(timer)
    resolve()
  }, 1)
})
took.sort((a, b) => a - b)
const at = (share: number) => (took[Math.floor(took.length * share)] ?? Number.NaN).toFixed(2)
console.log(
  `${took.length} acknowledgements at ${EDITS_A_SECOND} edits/s by ${WRITERS} writers: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(0.99999)} ms`,
)
for (const { wire } of writers) wire.close()
server.signal('SIGTERM')
await server.ended
rmSync(data, { recursive: true })
