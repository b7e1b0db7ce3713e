import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Body, createBody } from './body-acts.ts'
import { pointOfRelative, relativePointOf } from './body-points.ts'
import { readBody } from './body-reader.ts'
import { textOfRuns } from './segment.ts'

const textsOf = (body: Body): string[] =>
  body.read().visible.map(({ visible }) => visible.map(({ runs }) => textOfRuns(runs)).join(''))

const blockAt = (body: Body, nth: number): string => body.read().visible[nth]?.id ?? ''

/** Two split 'onetwo' in its middle at once; one types 'WX' at the front of the second half, the other 'yz' at the end of the first. */
const tangled = (ids: readonly [number, number]): Body => {
  const docs = ids.map((clientID) => Object.assign(new Y.Doc(), { clientID }))
  const [first, second] = docs.map((doc) => createBody(doc.getText('body'))) as [Body, Body]
  const meet = () => {
    for (const [from, to] of [docs, docs.toReversed()] as [Y.Doc, Y.Doc][]) Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
  }
  const block = first.insertBlock(null, { kind: 'turn', speaker: 'ada' }, null)
  first.insertText({ block, offset: 0 }, 'onetwo', {}, null)
  meet()
  first.split({ block, offset: 3 }, {}, null)
  first.insertText({ block: blockAt(first, 1), offset: 0 }, 'WX', {}, null)
  second.split({ block, offset: 3 }, { speaker: 'bo' }, null)
  second.insertText({ block, offset: 3 }, 'yz', {}, null)
  meet()
  return first
}

const PLACES = [...'oneyz']
  .flatMap((_, offset) => [[0, offset]])
  .concat(
    [[0, 5]],
    [...'WXtwo', ''].map((_, offset) => [1, offset]),
  )

for (const ids of [
  [1, 2],
  [2, 1],
] as const) {
  it(`B2: what was typed on either side of a split that two made stays on that side (client ids ${ids})`, () => {
    const body = tangled(ids)
    expect(textsOf(body)).toEqual(['oneyz', 'WXtwo'])
    expect(body.read().visible.map(({ speaker }) => speaker)).toEqual(['ada', 'bo'])
  })

  it.each(PLACES)(`B1: every act does there what it says, in block %i at %i (client ids ${ids})`, (nth = 0, offset = 0) => {
    const replaced = (erased: number, typed: string) =>
      ['oneyz', 'WXtwo'].map((text, at) => (at === nth ? text.slice(0, offset) + typed + text.slice(offset + erased) : text))

    const written = tangled(ids)
    written.insertText({ block: blockAt(written, nth), offset }, '!', {}, null)
    expect(textsOf(written)).toEqual(replaced(0, '!'))
    expect(written.read().blocks.map(({ segments }) => segments.map(({ runs }) => runs))).toEqual(
      readBody(written.text).blocks.map(({ segments }) => segments.map(({ runs }) => runs)),
    )

    const bold = tangled(ids)
    bold.formatText(blockAt(bold, nth), offset, 5, { strong: true }, null)
    expect(textsOf(bold)).toEqual(['oneyz', 'WXtwo'])
    const strong = bold.read().visible[nth]?.visible.flatMap(({ runs }) => runs.filter((run) => run.attributes['strong'])) ?? []
    expect(textOfRuns(strong)).toBe((['oneyz', 'WXtwo'][nth] ?? '').slice(offset))

    const erased = tangled(ids)
    erased.deleteText(blockAt(erased, nth), offset, 5, null)
    expect(textsOf(erased)).toEqual(replaced(5, ''))
    erased.insertText({ block: blockAt(erased, nth), offset }, '!', {}, null)
    expect(textsOf(erased)).toEqual(replaced(5, '!'))

    const split = tangled(ids)
    const undo = new Y.UndoManager(split.text, { trackedOrigins: new Set(['me']), captureTimeout: 0 })
    split.split({ block: blockAt(split, nth), offset }, {}, 'me')
    const text = ['oneyz', 'WXtwo'][nth] ?? ''
    const halves = [text.slice(0, offset), text.slice(offset)]
    const parted = nth === 0 ? [...halves, 'WXtwo'] : ['oneyz', ...halves]
    expect(textsOf(split)).toEqual(parted)
    undo.undo()
    expect(textsOf(split)).toEqual(['oneyz', 'WXtwo'])
    undo.redo()
    expect(textsOf(split)).toEqual(parted)

    const held = tangled(ids)
    const point = { block: blockAt(held, nth), offset }
    const relative = relativePointOf(held.read(), point)
    expect(relative && pointOfRelative(held.read(), held.text, relative)).toEqual(point)
  })

  it(`B1: the halves joined again read on as they stood (client ids ${ids})`, () => {
    const body = tangled(ids)
    body.join(blockAt(body, 1), blockAt(body, 0), null)
    expect(textsOf(body)).toEqual(['oneyzWXtwo'])
  })
}
