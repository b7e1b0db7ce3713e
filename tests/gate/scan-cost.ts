/**
 * `npm run bench:gate`: what the gate's scanner costs for an update as the desk sends it, in nanoseconds an update. Best of
 * several rounds, since the least is the cost and the rest is the machine's.
 */
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { writeContent } from '@stet/schema/layout/write-content'
import { emptyContent } from '@stet/schema/snapshot'
import * as Y from 'yjs'
import { createHeld } from '../../apps/sync-server/src/sync/held.ts'
import { scanUpdate } from '../../apps/sync-server/src/sync/scan-update.ts'

const ROUNDS = 40
const CASES = 2_000

/** A dispatch of 300 turns, and updates of one kind made in it one after another. */
const recorded = (act: (dispatch: ReturnType<typeof openDispatch>, nth: number) => void, count = CASES) => {
  const doc = new Y.Doc()
  const paragraph = (nth: number) => ({
    kind: 'paragraph' as const,
    id: `p${nth}`,
    content: [{ type: 'text' as const, text: 'So the tide turned, and nobody on the pier had written down when it did. ' }],
  })
  writeContent(doc, { ...emptyContent('essay'), body: Array.from({ length: 300 }, (_, nth) => paragraph(nth)) })
  const start = Y.encodeStateAsUpdate(doc)
  doc.clientID = 1_234_567_890
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let nth = 0; nth < count; nth++) act(openDispatch(doc), nth)
  return { start, updates }
}

const pasted = 'A line of a pasted page, as long as lines of pasted pages are. '.repeat(60)
const acts: Record<string, ReturnType<typeof recorded>> = {
  'a letter': recorded(({ body }, nth) => body.text.insert(40 + nth, 'a')),
  'a letter erased': recorded(({ body }) => body.text.delete(60, 1)),
  'a word made strong': recorded(({ body }, nth) => body.text.format(10 + (nth % 500) * 40, 5, { strong: true })),
  'a turn split off': recorded(({ body }, nth) => {
    body.text.insertEmbed(30 + nth * 7, new Y.Map(Object.entries({ id: `s${nth}`, kind: 'turn', speaker: 'a', splitFrom: 'p1' })))
  }),
  'a page pasted (4 kB)': recorded(({ body }) => body.text.insert(100, pasted), 300),
}
/** What a client says on its return: 2,000 letters typed at random places, each a struct of its own. */
const scattered = recorded(({ body }, nth) => body.text.insert((nth * 7919) % body.text.length, 'a'))
acts['step 2 with 2,000 scattered letters'] = { start: scattered.start, updates: [Y.mergeUpdates(scattered.updates)] }

for (const [name, { start, updates }] of Object.entries(acts)) {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const held = createHeld()
    hold(held, start)
    const began = process.hrtime.bigint()
    for (const update of updates) hold(held, update)
    best = Math.min(best, Number(process.hrtime.bigint() - began) / updates.length)
  }
  const size = Math.round(updates.reduce((sum, { length }) => sum + length, 0) / updates.length)
  console.log(`${name.padEnd(40)} ${String(size).padStart(7)} bytes ${best.toFixed(0).padStart(9)} ns`)
}

function hold(held: ReturnType<typeof createHeld>, update: Uint8Array): void {
  const scan = scanUpdate(update, held)
  if (!scan.ok) throw new Error(scan.reason)
  if (held.isNews(scan)) held.add(scan)
}
