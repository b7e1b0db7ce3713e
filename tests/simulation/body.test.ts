import { type Body, createBody } from '@stet/schema/layout/body-acts'
import { readBody } from '@stet/schema/layout/body-reader'
import { type BodyView, visibleBlocks } from '@stet/schema/layout/body-view'
import type { Segment } from '@stet/schema/layout/segment'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'

/**
 * Promise B3: three replicas write one script at once, through partitions, and nothing is lost or doubled.
 * Every typed character is unique, so the oracle counts: each stands exactly once in the whole body (removed blocks
 * included, since removal hides), unless somebody deleted it or its own writer took it back.
 *
 * STET_TRACES sets the number of traces (default 1,000). A failure prints its seed and path; give them to
 * `fc.assert(..., { seed, path })`, and keep the shrunk trace in `regressions`.
 */

const act = fc.record({
  replica: fc.nat(2),
  kind: fc.constantFrom(
    'type',
    'type',
    'type',
    'split',
    'splitOther',
    'join',
    'joinBack',
    'give',
    'move',
    'remove',
    'restore',
    'delete',
    'insert',
    'cite',
    'undo',
    'redo',
    'meet',
    'meet',
  ),
  at: fc.nat(1_000),
  to: fc.nat(1_000),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const regressions: [Act[]][] = []

const play = (trace: Act[]) => {
  const writerByCharacter = new Map<string, number>()
  const undoers = new Set<number>()
  const deleted = new Set<string>()
  const replicas = [1, 2, 3].map((clientID) => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    const body = createBody(doc.getText('body'))
    const origin = { replica: clientID }
    return { doc, body, origin, undo: new Y.UndoManager(body.text, { trackedOrigins: new Set([origin]), captureTimeout: 0 }) }
  })
  const mark = { at: '', by: '' }
  /** What is read bit by bit is what a reading of the whole says. */
  const checkReading = ({ body }: (typeof replicas)[number]) => expect(plain(body.read())).toEqual(plain(readBody(body.text)))

  const meet = (from: number, to: number) => {
    const [a, b] = [replicas[from % 3], replicas[to % 3]]
    if (!a || !b || a === b) return
    Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc, Y.encodeStateVector(b.doc)))
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc, Y.encodeStateVector(a.doc)))
    for (const met of [a, b]) checkReading(met)
  }

  for (const { replica, kind, at, to } of trace) {
    const self = replicas[replica]
    if (!self) continue
    const { body, origin } = self
    const all = body.read().blocks
    const standing = visibleBlocks(body.read())
    const block = standing[at % Math.max(standing.length, 1)]
    const other = standing[to % Math.max(standing.length, 1)]
    const before = lines(body)
    const [nth, otherNth] = [at % Math.max(standing.length, 1), to % Math.max(standing.length, 1)]
    /** What a person sees after an act of their own is what the act says, whatever was merged before. */
    let expected: Line[] | null = null
    if (kind === 'meet') meet(at, to)
    else if (kind === 'undo') {
      self.undo.undo()
      undoers.add(replica)
    } else if (kind === 'redo') self.undo.redo()
    else if (kind === 'insert' || !block || !other) {
      body.insertBlock(block?.id ?? null, { kind: 'turn', speaker: `p${at % 2}` }, origin)
      if (block) expected = before.toSpliced(nth + 1, 0, [`p${at % 2}`, ''])
    } else if (kind === 'type') {
      const [speaker, text] = before[nth] as Line
      const offset = to % (block.length + 1)
      const letter = String.fromCharCode(0x4e00 + writerByCharacter.size)
      expected = before.with(nth, [speaker, text.slice(0, offset) + letter + text.slice(offset)])
      const character = String.fromCharCode(0x4e00 + writerByCharacter.size)
      writerByCharacter.set(character, replica)
      body.insertText({ block: block.id, offset: to % (block.length + 1) }, character, {}, origin)
    } else if (kind === 'split' || kind === 'splitOther') {
      const offset = to % (block.length + 1)
      const [speaker, text] = before[nth] as Line
      const given = kind === 'split' ? speaker : `p${to % 2}`
      body.split({ block: block.id, offset }, kind === 'split' ? {} : { speaker: given }, origin)
      expected =
        offset === 0 && text !== ''
          ? before.toSpliced(nth, 0, [given, ''])
          : before.toSpliced(nth, 1, [speaker, text.slice(0, offset)], [given, text.slice(offset)])
    } else if (kind === 'join' || kind === 'joinBack') {
      const [from, into] = kind === 'join' ? [otherNth, nth] : [0, standing.length - 1]
      body.join(standing[from]?.id ?? '', standing[into]?.id ?? '', origin)
      const [[, words], [speaker, text]] = [before[from] as Line, before[into] as Line]
      expected = from === into ? before : before.with(into, [speaker, text + words]).toSpliced(from, 1)
    } else if (kind === 'give') {
      body.setFields(block.id, { speaker: `p${to % 3}` }, origin)
      expected = before.with(nth, [`p${to % 3}`, before[nth]?.[1] ?? ''])
    } else if (kind === 'move') {
      const target = to % 3 === 0 ? null : otherNth
      body.move(block.id, target === null ? null : other.id, origin)
      const others = before.toSpliced(nth, 1)
      const place = target === null ? others.length : target - Number(target > nth)
      expected = target === nth ? before : others.toSpliced(place, 0, before[nth] as Line)
    } else if (kind === 'remove') {
      body.remove(block.id, mark, origin)
      expected = before.toSpliced(nth, 1)
    } else if (kind === 'restore') body.restore(all[at % all.length]?.id ?? '', origin)
    else if (kind === 'cite') body.formatText(block.id, at % (block.length + 1), block.length, { 'cite:s1': true }, origin)
    else if (kind === 'delete') {
      const from = at % (block.length + 1)
      for (const character of textOf(block.visible).slice(from, from + 2)) deleted.add(character)
      body.deleteText(block.id, from, from + 2, origin)
    }
    checkReading(self)
    if (expected !== null) expect(lines(body), kind).toEqual(expected)
  }
  for (const [from, to] of [
    [0, 1],
    [1, 2],
    [0, 1],
    [0, 2],
  ] as const)
    meet(from, to)
  return { replicas, writerByCharacter, undoers, deleted }
}

/** A view without its marker objects and maps. */
const plain = ({ blocks, visible, strayLength }: BodyView) => ({
  visible: visible.map(({ id }) => id),
  strayLength,
  blocks: blocks.map(({ segments, visible, flagged, root, ...fields }) => ({
    ...fields,
    root: root.id,
    visible: visible.map(({ id }) => id),
    flagged: flagged.map(({ removal, parts }) => [removal.id, parts.map(({ id }) => id)]),
    segments: segments.map(({ id, fields, length, runs, removals }) => ({
      id,
      fields,
      length,
      runs,
      removals,
    })),
  })),
})

type Line = [speaker: string | null, text: string]

const lines = (body: Body): Line[] => body.read().visible.map(({ speaker, visible }) => [speaker, textOf(visible)])

const textOf = (segments: readonly Segment[]): string =>
  segments.flatMap(({ runs }) => runs.map(({ insert }) => (typeof insert === 'string' ? insert : ' '))).join('')

const shown = (body: Body): string[] => visibleBlocks(body.read()).map((block) => `${block.id}: ${textOf(block.visible)}`)

const traces = Number(process.env['STET_TRACES'] ?? 1_000)

it(
  'three replicas that write, split, join, move, remove and take back end equal, with nothing lost and nothing doubled',
  () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 60 }), (trace) => {
        const { replicas, writerByCharacter, undoers, deleted } = play(trace)
        const [first, ...others] = replicas.map(({ body }) => body)
        if (!first) throw new Error('there are three replicas')
        for (const other of others) expect(shown(other)).toEqual(shown(first))

        const whole = first
          .read()
          .blocks.map((block) => textOf(block.segments))
          .join('')
        for (const [character, writer] of writerByCharacter) {
          const times = whole.split(character).length - 1
          const mayBeGone = deleted.has(character) || undoers.has(writer)
          expect(times === 1 || (times === 0 && mayBeGone), `${character} stands ${times} times`).toBe(true)
        }
      }),
      { numRuns: traces, examples: regressions },
    )
    // Milliseconds; a trace takes about 8 on a quiet machine.
  },
  traces * 120,
)
