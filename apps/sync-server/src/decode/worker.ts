import { parentPort } from 'node:worker_threads'
import { snapshotSha256 } from '@stet/render/json'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { takeSnapshot } from '@stet/schema/layout/take-snapshot'
import { writeContent } from '@stet/schema/layout/write-content'
import { speechOf } from '@stet/schema/timeline'
import * as Y from 'yjs'
import { collectWhenTold } from '../memory-at-rest.ts'
import { createHeld } from '../sync/held.ts'
import { scanUpdate } from '../sync/scan-update.ts'
import { diffMoments } from './diff-moments.ts'
import { findClash } from './find-clash.ts'
import type { JobAnswer, JobCall, Jobs, StoredState } from './jobs.ts'
import { updatesIn } from './raw-pages.ts'
import { tally } from './tally.ts'

/**
 * Milliseconds that an update may keep a replica busy. 50,000 edits of two weeks, 1.3 MiB, take one to two seconds on a machine
 * with other work; what is made to be slow takes minutes.
 */
const INSPECTION_BASE = 2_000
const INSPECTION_PER_MEBIBYTE = 5_000
const MEBIBYTE = 1024 * 1024

const replicaOf = ({ checkpoint, updates }: StoredState): Y.Doc => {
  const doc = new Y.Doc()
  doc.transact(() => {
    if (checkpoint !== null) Y.applyUpdate(doc, checkpoint)
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return doc
}

const jobs: Jobs = {
  snapshot: ({ state, id }) => takeSnapshot(replicaOf(state), id),
  listing: ({ state, id }) => {
    const outcome = takeSnapshot(replicaOf(state), id)
    if (!outcome.ok) return null
    const { kind, number, date, title } = outcome.snapshot
    return { kind, number, date, title, sha256: snapshotSha256(outcome.snapshot), speech: speechOf(outcome.snapshot) }
  },
  moment: ({ pages, id }) => {
    const doc = new Y.Doc()
    doc.transact(() => {
      for (const { update } of updatesIn(pages)) Y.applyUpdate(doc, update)
    })
    return takeSnapshot(doc, id)
  },
  diff: diffMoments,
  tally,
  writeMeta: ({ state, fields }) => {
    const doc = replicaOf(state)
    const before = Y.encodeStateVector(doc)
    openDispatch(doc).setMeta(fields, null)
    return Y.encodeStateAsUpdate(doc, before)
  },
  writeContent: ({ content }) => {
    const doc = new Y.Doc()
    writeContent(doc, content)
    return Y.encodeStateAsUpdate(doc)
  },
  compact: ({ state }) => {
    const doc = replicaOf(state)
    const whole = Y.encodeStateAsUpdate(doc)
    const held = createHeld()
    const scan = scanUpdate(whole, held)
    if (!scan.ok) throw new Error(`what a replica says of itself cannot be read: ${scan.reason}`)
    held.add(scan)
    return { state: whole, holdings: held.encode() }
  },
  inspect: ({ state, update, repeats }, begin) => {
    const doc = replicaOf(state)
    const clash = repeats === null ? null : findClash(doc, update, repeats)
    if (clash !== null) return { sound: false, fault: 'clash', reason: `${repeats}:${clash} is something else here` }
    for (const root of doc.share.values()) root.observeDeep((events) => events.map(({ path }) => path))
    begin(INSPECTION_BASE + (update.length / MEBIBYTE) * INSPECTION_PER_MEBIBYTE)
    try {
      Y.applyUpdate(doc, update)
    } catch (error) {
      return { sound: false, fault: 'unsound', reason: `a replica cannot take it: ${String(error)}` }
    }
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
      return { sound: false, fault: 'unsound', reason: 'it rests on something that is not here' }
    return { sound: true }
  },
}

const port = parentPort
if (port === null) throw new Error('the decode worker must run in a worker thread')
collectWhenTold()
const answer = (message: JobAnswer) => port.postMessage(message)

port.on('message', ({ name, input }: JobCall) => {
  try {
    const run = jobs[name] as (input: unknown, begin: (within: number) => void) => unknown
    answer({ step: 'done', value: run(input, (within) => answer({ step: 'begun', within })) })
  } catch (error) {
    answer({ step: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
})
