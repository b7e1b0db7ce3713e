import { type Dispatch, openDispatch } from '@stet/schema/layout/open-dispatch'
import { writeContent } from '@stet/schema/layout/write-content'
import { emptyContent, type Snapshot } from '@stet/schema/snapshot'
import * as Y from 'yjs'
import { createRandom, type Random } from '../sync/honest-replica.ts'

/** For tests: what several people do to a dispatch, on replicas of their own, as entries of a log. */

export type Entry = { readonly update: Uint8Array; readonly author: string }
export type Writer = {
  readonly name: string
  readonly doc: Y.Doc
  readonly dispatch: Dispatch
  received: number
  readonly outbox: Uint8Array[]
}

/** People on replicas of their own; what they exchange makes a log, which begins with a dispatch of four turns. */
export const createWriters = (names: readonly string[]) => {
  const log: Entry[] = []
  const born = new Y.Doc()
  born.on('update', (update: Uint8Array) => log.push({ update, author: 'born' }))
  writeContent(born, {
    ...emptyContent('dispatch'),
    title: 'Tides',
    speakers: [
      { id: 'p1', name: 'Ines', color: 1 },
      { id: 'p2', name: 'Jo', color: 2 },
    ],
    sources: [source('s1'), source('s2')],
    body: ['t1', 't2', 't3', 't4'].map((block, nth) => ({
      kind: 'turn',
      id: block,
      speaker: nth % 2 ? 'p1' : 'p2',
      start: null,
      // The last one is plain: formats are items of their own at each cut.
      content: [
        { type: 'text', text: `what ${block} says about the sea`, ...(nth < 3 ? { marks: { cites: ['s1', 's2'] } } : {}) },
      ],
    })),
  })
  const writers = names.map((name): Writer => {
    const doc = new Y.Doc()
    const outbox: Uint8Array[] = []
    doc.on('update', (update: Uint8Array, origin: unknown) => origin !== 'log' && outbox.push(update))
    return { name, doc, dispatch: openDispatch(doc), received: 0, outbox }
  })
  /** Sends what was written and takes in what others sent. */
  const exchange = (writer: Writer) => {
    for (const update of writer.outbox.splice(0)) log.push({ update, author: writer.name })
    for (const { update } of log.slice(writer.received)) Y.applyUpdate(writer.doc, update, 'log')
    writer.received = log.length
    writer.outbox.length = 0
  }
  for (const writer of writers) exchange(writer)
  return { log, writers, exchange }
}

/** What three people do at random, who hear of each other now and then, or (`isAtOnce` false) each time. */
export const trace = (seed: number, edits: number, { acts = [...TURNS_STAY, format, split, join], isAtOnce = true } = {}) => {
  const random = createRandom(seed)
  const { log, writers, exchange } = createWriters(['A', 'B', 'C'])
  for (let edit = 0; edit < edits; edit++) {
    const writer = random.pick(writers)
    random.pick(acts)(writer, random)
    if (isAtOnce) {
      if (random.below(3) === 0) exchange(random.pick(writers))
    } else for (const each of [writer, ...writers]) exchange(each)
  }
  for (const writer of writers) exchange(writer)
  return { log, random }
}

const source = (sourceId: string): Snapshot['sources'][number] => ({
  id: sourceId,
  title: `Source ${sourceId}`,
  kind: 'Article',
  tier: 'primary',
  publisher: 'The Harbour',
  description: '',
  claim: '',
  url: 'https://tides.example/',
  urlIncomplete: false,
  citedText: '',
  context: '',
  keyPoints: [],
})

const block = ({ dispatch }: Writer, random: Random) => random.pick(dispatch.body.read().visible) ?? null
const mark = { at: '2026-01-01T00:00:00.000Z', by: 'x' }
type Act = (writer: Writer, random: Random) => void
const split: Act = (writer, random) => {
  const at = block(writer, random)
  if (at) writer.dispatch.body.split({ block: at.id, offset: random.below(at.length + 1) }, {}, null)
}
const join: Act = (writer, random) => {
  const [one, other] = [block(writer, random), block(writer, random)]
  if (one && other) writer.dispatch.body.join(one.id, other.id, null)
}
/** Formats that change nothing are written too, so who changed a text by one is told entry by entry alone. */
const format: Act = (writer, random) => {
  const at = block(writer, random)
  const attributes = random.pick([{ strong: true }, { strong: null }, { em: true }, { 'cite:s1': null }])
  if (at && at.length > 1) writer.dispatch.body.formatText(at.id, random.below(at.length - 1), at.length, attributes, null)
}
export const TURNS_STAY: Act[] = [
  ...Array.from(
    { length: 5 },
    (): Act => (writer, random) => {
      const at = block(writer, random)
      if (at)
        writer.dispatch.body.insertText({ block: at.id, offset: random.below(at.length + 1) }, writer.name.repeat(3), {}, null)
    },
  ),
  (writer, random) => {
    const at = block(writer, random)
    if (at && at.length > 3) writer.dispatch.body.deleteText(at.id, random.below(at.length - 2), at.length - 1, null)
  },
  (writer, random) => {
    const [one, other] = [block(writer, random), block(writer, random)]
    if (one) writer.dispatch.body.move(one.id, other?.id ?? null, null)
  },
  (writer, random) => {
    const at = block(writer, random)
    if (at && writer.dispatch.body.read().visible.length > 2)
      writer.dispatch.body.remove(at.id, { ...mark, by: writer.name }, null)
  },
  (writer, random) => {
    const hidden = writer.dispatch.body.read().blocks.filter(({ visible }) => visible.length === 0)
    if (hidden.length > 0) writer.dispatch.body.restore(random.pick(hidden).id, null)
  },
  (writer, random) => {
    const at = block(writer, random)
    if (at)
      writer.dispatch.body.setFields(
        at.id,
        random.pick([
          at.kind === 'turn' ? { speaker: at.speaker === 'p1' ? 'p2' : 'p1' } : { start: random.below(99_999) },
          { start: random.below(99_999) },
          { kind: at.kind === 'turn' ? ('chapter' as const) : ('turn' as const) },
        ]),
        null,
      )
  },
  (writer, random) => {
    const at = block(writer, random)
    writer.dispatch.body.insertBlock(at?.id ?? null, { kind: 'turn', speaker: 'p1' }, null)
  },
  (writer, random) => writer.dispatch.text(random.pick(['title', 'quoteName', 'topics'])).insert(0, writer.name),
  (writer, random) =>
    writer.dispatch.setMeta({ number: 1 + random.below(99_999), targetSeconds: 1 + random.below(99_999) }, null),
  (writer, random) => writer.dispatch.sources.set('s1', { url: `https://${random.below(99_999)}.example/` }, null),
  (writer) => writer.dispatch.sources.text('s2', 'claim')?.insert(0, writer.name),
  ({ dispatch }, random) => {
    if (random.below(3) === 0) dispatch.sources.remove('s2', null)
    else dispatch.sources.add(source('fresh'), null)
  },
  ({ dispatch }, random) => {
    if (random.below(8) === 0) dispatch.speakers.remove('p2', null)
  },
]
