import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Body, createBody } from './body-acts.ts'
import { visibleBlocks } from './body-view.ts'
import { removedBlocks, settleRemoval } from './removed-blocks.ts'

type Hand = { doc: Y.Doc; body: Body; undo: Y.UndoManager; origin: object; name: string }

const hand = (name: string, clientID: number): Hand => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  const body = createBody(doc.getText('body'))
  const origin = { hand: clientID }
  return { doc, body, origin, name, undo: new Y.UndoManager(body.text, { trackedOrigins: new Set([origin]), captureTimeout: 0 }) }
}

const add = (on: Hand, kind: 'turn' | 'chapter', speaker: string | null, words: string): string => {
  const id = on.body.insertBlock(visibleBlocks(on.body.read()).at(-1)?.id ?? null, { kind, speaker }, on.origin)
  if (words !== '') on.body.insertText({ block: id, offset: 0 }, words, {}, on.origin)
  return id
}

const meet = (a: Hand, b: Hand) => {
  const [fromA, fromB] = [Y.encodeStateAsUpdate(a.doc), Y.encodeStateAsUpdate(b.doc)]
  Y.applyUpdate(a.doc, fromB)
  Y.applyUpdate(b.doc, fromA)
}

/** One chapter, three turns; both have them. */
const twoHosts = () => {
  const [maya, bo] = [hand('Maya', 1), hand('Bo', 2)]
  const chapter = add(maya, 'chapter', null, 'The lamp')
  const turns = [add(maya, 'turn', 'maya', 'one'), add(maya, 'turn', 'bo', 'two'), add(maya, 'turn', 'maya', 'three')]
  meet(maya, bo)
  maya.undo.clear()
  return { maya, bo, chapter, first: turns[0] ?? '', second: turns[1] ?? '', third: turns[2] ?? '' }
}

const remove = (on: Hand, id: string, at = '2026-01-02T03:04:05Z') => on.body.remove(id, { at, by: on.name }, on.origin)
const listed = (on: Hand) => removedBlocks(on.body.read())
const shown = (on: Hand) => visibleBlocks(on.body.read()).map(({ id }) => id)

describe('the removed turns (B5)', () => {
  it('a removed turn is listed with who, when, whose words they are and where it stood', () => {
    const { maya, second } = twoHosts()
    remove(maya, second)
    expect(listed(maya)).toEqual([
      {
        id: second,
        kind: 'turn',
        speaker: 'bo',
        words: 'two',
        by: 'Maya',
        at: '2026-01-02T03:04:05Z',
        isChanged: false,
        stoodIn: { chapter: 'The lamp', after: { speaker: 'maya', words: 'one' } },
      },
    ])
  })

  it('the newest removal comes first, and the place is told by what still shows', () => {
    const { maya, chapter, first, second, third } = twoHosts()
    remove(maya, first, '2026-01-02T03:00:00Z')
    remove(maya, second, '2026-01-02T03:00:02Z')
    remove(maya, chapter, '2026-01-02T03:00:01Z')
    expect(listed(maya).map(({ id }) => id)).toEqual([second, chapter, first])
    expect(listed(maya).map(({ stoodIn }) => stoodIn)).toEqual(Array(3).fill({ chapter: null, after: null }))
    expect(shown(maya)).toEqual([third])
  })

  it('what an undone insertion leaves is not listed, nor a removed turn without words', () => {
    const { maya, third } = twoHosts()
    maya.undo.clear()
    maya.body.insertBlock(third, { kind: 'turn', speaker: 'bo' }, maya.origin)
    maya.undo.undo()
    const empty = add(maya, 'turn', 'bo', '')
    remove(maya, empty)
    expect(maya.body.read().blocks.filter(({ visible }) => visible.length === 0)).toHaveLength(2)
    expect(listed(maya)).toEqual([])
  })

  it('words that a colleague typed into an insertion that was taken back are listed as changed', () => {
    const { maya, bo, third } = twoHosts()
    maya.undo.clear()
    const id = maya.body.insertBlock(third, { kind: 'turn', speaker: 'bo' }, maya.origin)
    meet(maya, bo)
    bo.body.insertText({ block: id, offset: 0 }, 'mine', {}, bo.origin)
    maya.undo.undo()
    meet(maya, bo)
    expect(listed(bo)).toMatchObject([{ id, words: 'mine', by: '', at: '', isChanged: true }])
    expect(listed(maya)).toEqual(listed(bo))
  })

  it('what was joined into a removed turn shows, and only the rest of it is listed', () => {
    const { maya, bo, second, third } = twoHosts()
    remove(maya, second)
    bo.body.join(third, second, bo.origin)
    meet(maya, bo)
    expect(listed(bo)).toMatchObject([{ id: second, words: 'two', speaker: 'bo', isChanged: false }])
    expect(shown(bo)).toContain(second)
  })
})

describe('a turn changed after its removal (B5)', () => {
  const changed = () => {
    const hosts = twoHosts()
    const { maya, bo, second } = hosts
    remove(maya, second)
    bo.body.insertText({ block: second, offset: 3 }, ' and more', {}, bo.origin)
    meet(maya, bo)
    return hosts
  }

  it('is flagged to everyone, with the words at stake', () => {
    const { maya, bo, second } = changed()
    for (const who of [maya, bo]) expect(listed(who)).toMatchObject([{ id: second, words: 'two and more', isChanged: true }])
  })

  it('put back, it stands where it stood and is listed no more', () => {
    const { maya, bo, first, second, third } = changed()
    bo.body.restore(second, bo.origin)
    meet(maya, bo)
    expect(shown(maya)).toEqual([expect.any(String), first, second, third])
    expect(listed(maya)).toEqual([])
  })

  it('left removed by one, it is settled for everyone, who knows who settled it', () => {
    const { maya, bo, second } = changed()
    settleRemoval(bo.body, second, { at: '2026-01-02T04:00:00Z', by: 'Bo' }, bo.origin)
    meet(maya, bo)
    expect(listed(maya)).toMatchObject([{ words: 'two and more', by: 'Bo', isChanged: false }])
    expect(shown(maya)).not.toContain(second)
  })

  it('changed again by one who had heard of nothing, it is flagged again', () => {
    const { maya, bo, second } = twoHosts()
    const cy = hand('Cy', 3)
    meet(cy, maya)
    remove(maya, second)
    bo.body.insertText({ block: second, offset: 3 }, ' and more', {}, bo.origin)
    meet(maya, bo)
    settleRemoval(bo.body, second, { at: '2026-01-02T04:00:00Z', by: 'Bo' }, bo.origin)
    cy.body.insertText({ block: second, offset: 0 }, 'yet ', {}, cy.origin)
    meet(cy, bo)
    expect(listed(cy)).toMatchObject([{ words: 'yet two and more', by: 'Bo', isChanged: true }])
    expect(listed(bo)).toEqual(listed(cy))
  })

  it('settling leaves what shows of the same block alone', () => {
    const { maya, bo, second, third } = changed()
    bo.body.restore(second, bo.origin)
    meet(maya, bo)
    remove(maya, second)
    bo.body.insertText({ block: second, offset: 0 }, 'so ', {}, bo.origin)
    bo.body.join(third, second, bo.origin)
    meet(maya, bo)
    expect(listed(bo)).toMatchObject([{ id: second, words: 'so two and more', isChanged: true }])
    settleRemoval(bo.body, second, { at: '2026-01-02T05:00:00Z', by: 'Bo' }, bo.origin)
    expect(shown(bo)).toContain(second)
    expect(listed(bo)).toMatchObject([{ id: second, isChanged: false }])
  })

  it('what was split off it meanwhile is at stake with it, settled with it and put back with it', () => {
    const { maya, bo, second } = twoHosts()
    remove(maya, second)
    const part = bo.body.split({ block: second, offset: 1 }, {}, bo.origin) ?? ''
    bo.body.insertText({ block: part, offset: 2 }, ' more', {}, bo.origin)
    meet(maya, bo)
    for (const who of [maya, bo]) expect(listed(who)).toMatchObject([{ id: second, words: 'two more', isChanged: true }])
    settleRemoval(maya.body, second, { at: '2026-01-02T04:00:00Z', by: 'Maya' }, maya.origin)
    meet(maya, bo)
    for (const who of [maya, bo]) expect(listed(who)).toMatchObject([{ id: second, words: 'two more', isChanged: false }])
    bo.body.restore(second, bo.origin)
    meet(maya, bo)
    expect(listed(maya)).toEqual([])
    expect(shown(maya)).toHaveLength(5)
  })

  it('settling can be taken back', () => {
    const { bo, second } = changed()
    bo.undo.stopCapturing()
    settleRemoval(bo.body, second, { at: '2026-01-02T04:00:00Z', by: 'Bo' }, bo.origin)
    bo.undo.undo()
    expect(listed(bo)).toMatchObject([{ by: 'Maya', isChanged: true }])
  })
})
