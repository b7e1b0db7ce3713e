import { type Body, createBody } from '@stet/schema/layout/body-acts'
import { visibleBlocks } from '@stet/schema/layout/body-view'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openPrompter, type Prompter, reachLine, scriptChanged, takeNow, turnBeside } from './prompter.ts'
import { type Line, linesOf } from './script-lines.ts'

const me = 'co-host'
const mark = { at: '2026-01-02T03:04:05Z', by: 'Bo' }

const scriptOf = (...turns: string[]): { body: Body; ids: string[] } => {
  const body = createBody(new Y.Doc().getText('body'))
  const ids = turns.map((words, index) => {
    const last = visibleBlocks(body.read()).at(-1)?.id ?? null
    const id = body.insertBlock(last, { kind: 'turn', speaker: index % 2 === 0 ? 'ada' : 'bo' }, me)
    body.insertText({ block: id, offset: 0 }, words, {}, me)
    return id
  })
  return { body, ids }
}

const said = ({ pieces }: Line) => pieces.map((piece) => ('say' in piece ? piece.say : `[${piece.cue}]`)).join('')
const shown = ({ shown }: Prompter) => shown.map(said)
const linesIn = (body: Body) => linesOf(body.read())

/** A prompter whose reader is at the nth turn. */
const readingAt = (nth: number, ...turns: string[]) => {
  const { body, ids } = scriptOf(...turns)
  return { body, ids, prompter: reachLine(openPrompter(linesIn(body)), ids[nth] ?? '') }
}

describe('what a co-host writes while one reads (N1)', () => {
  it('shows at once before and after the turn being read', () => {
    const { body, ids, prompter } = readingAt(1, 'one', 'two', 'three')
    body.insertText({ block: ids[0] ?? '', offset: 3 }, ' more', {}, me)
    body.insertText({ block: ids[2] ?? '', offset: 5 }, ' [laughs]', {}, me)
    body.insertCue({ block: ids[2] ?? '', offset: 0 }, 'sighs', {}, me)
    const next = scriptChanged(prompter, linesIn(body))
    expect(shown(next)).toEqual(['one more', 'two', '[sighs]three [laughs]'])
    expect(next.waits).toBe(false)
  })

  it('waits in the turn being read until the reader has left it, forward or back', () => {
    for (const to of [0, 2]) {
      const { body, ids, prompter } = readingAt(1, 'one', 'two', 'three')
      body.insertText({ block: ids[1] ?? '', offset: 3 }, ' more', {}, me)
      const next = scriptChanged(prompter, linesIn(body))
      expect([shown(next), next.waits]).toEqual([['one', 'two', 'three'], true])
      const left = reachLine(next, ids[to] ?? '')
      expect([shown(left), left.waits]).toEqual([['one', 'two more', 'three'], false])
    }
  })

  it('is taken now when the reader asks for it', () => {
    const { body, ids, prompter } = readingAt(1, 'one', 'two', 'three')
    body.insertText({ block: ids[1] ?? '', offset: 3 }, ' more', {}, me)
    const taken = takeNow(scriptChanged(prompter, linesIn(body)))
    expect([shown(taken), taken.waits, taken.reading]).toEqual([['one', 'two more', 'three'], false, ids[1]])
  })

  it('waits no more when it was taken back meanwhile', () => {
    const { body, ids, prompter } = readingAt(1, 'one', 'two')
    body.insertText({ block: ids[1] ?? '', offset: 3 }, ' more', {}, me)
    const waiting = scriptChanged(prompter, linesIn(body))
    body.deleteText(ids[1] ?? '', 3, 8, me)
    expect(scriptChanged(waiting, linesIn(body)).waits).toBe(false)
  })

  it('the words of another speaker wait too', () => {
    const { body, ids, prompter } = readingAt(1, 'one', 'two')
    body.setFields(ids[1] ?? '', { speaker: 'ada' }, me)
    const next = scriptChanged(prompter, linesIn(body))
    expect([next.shown[1]?.speaker, next.waits]).toEqual(['bo', true])
  })
})

describe('structure that changes while one reads (N1)', () => {
  it('a turn that is split while it is read is read to its end, and its tail not twice', () => {
    const { body, ids, prompter } = readingAt(0, 'one two', 'three')
    body.split({ block: ids[0] ?? '', offset: 4 }, { speaker: 'bo' }, me)
    const next = scriptChanged(prompter, linesIn(body))
    expect([shown(next), next.waits]).toEqual([['one two', 'three'], true])
    expect(shown(reachLine(next, ids[1] ?? ''))).toEqual(['one ', 'two', 'three'])
  })

  it('a turn whose tail was split off and removed is still read to its end', () => {
    const { body, ids, prompter } = readingAt(0, 'one two three', 'four')
    const second = body.split({ block: ids[0] ?? '', offset: 4 }, {}, me) ?? ''
    body.split({ block: second, offset: 4 }, {}, me)
    body.remove(second, mark, me)
    const next = scriptChanged(prompter, linesIn(body))
    expect(shown(next)).toEqual(['one two three', 'four'])
    expect(shown(reachLine(next, ids[1] ?? ''))).toEqual(['one ', 'three', 'four'])
  })

  it('a turn that is joined to the one being read stays until both are read, so that no word is passed over', () => {
    const { body, ids, prompter } = readingAt(0, 'one ', 'two', 'three')
    body.join(ids[1] ?? '', ids[0] ?? '', me)
    const joined = scriptChanged(prompter, linesIn(body))
    expect(shown(joined)).toEqual(['one ', 'two', 'three'])
    const second = reachLine(joined, ids[1] ?? '')
    expect(shown(second)).toEqual(['one ', 'two', 'three'])
    expect(shown(reachLine(second, ids[2] ?? ''))).toEqual(['one two', 'three'])
  })

  it('taken now, a join puts the reader in the turn that has the words', () => {
    const { body, ids, prompter } = readingAt(1, 'one ', 'two', 'three')
    body.join(ids[1] ?? '', ids[0] ?? '', me)
    expect(takeNow(scriptChanged(prompter, linesIn(body))).reading).toBe(ids[0])
  })

  it('a turn whose words were all removed and that was joined to since is still read to its end', () => {
    const { body, ids, prompter } = readingAt(0, 'AB', 'CD', 'EF')
    const tail = body.split({ block: ids[0] ?? '', offset: 1 }, {}, me) ?? ''
    body.remove(ids[0] ?? '', mark, me)
    body.split({ block: tail, offset: 0 }, {}, me)
    body.join(ids[1] ?? '', ids[0] ?? '', me)
    const next = scriptChanged(prompter, linesIn(body))
    expect(shown(next)).toEqual(['AB', 'CD', 'EF'])
    expect(new Set(next.shown.map(({ id }) => id)).size).toBe(3)
  })

  it('a turn that is removed while it is read stays where it stood until it is left', () => {
    for (const nth of [0, 1, 2]) {
      const { body, ids, prompter } = readingAt(nth, 'one', 'two', 'three')
      body.remove(ids[nth] ?? '', mark, me)
      const next = scriptChanged(prompter, linesIn(body))
      expect([shown(next), next.waits]).toEqual([['one', 'two', 'three'], true])
      const other = ids[nth === 0 ? 1 : 0] ?? ''
      expect(shown(reachLine(next, other))).toHaveLength(2)
      const taken = takeNow(next)
      expect(taken.reading).toBe(nth === 2 ? ids[1] : ids[nth + 1])
    }
  })

  it('a new turn right before the one being read comes before it', () => {
    const { body, ids, prompter } = readingAt(1, 'one', 'two')
    body.insertText({ block: ids[1] ?? '', offset: 3 }, '!', {}, me)
    const id = body.insertBlock(ids[0] ?? '', { kind: 'turn' }, me)
    body.insertText({ block: id, offset: 0 }, 'between', {}, me)
    expect(shown(scriptChanged(prompter, linesIn(body)))).toEqual(['one', 'between', 'two'])
  })

  it('the turn being read moves to its new place as it is, since nothing in it changes', () => {
    const { body, ids, prompter } = readingAt(0, 'one', 'two', 'three')
    body.move(ids[0] ?? '', null, me)
    const next = scriptChanged(prompter, linesIn(body))
    expect([shown(next), next.reading, next.waits]).toEqual([['two', 'three', 'one'], ids[0], false])
  })
})

describe('where one reads', () => {
  it('an empty script has no line; the first that is written becomes the one being read', () => {
    const { body } = scriptOf()
    const empty = openPrompter(linesIn(body))
    expect(empty).toMatchObject({ shown: [], reading: null, waits: false })
    const id = body.insertBlock(null, { kind: 'turn' }, me)
    expect(scriptChanged(empty, linesIn(body)).shown).toEqual([])
    body.insertText({ block: id, offset: 0 }, 'one', {}, me)
    expect(scriptChanged(empty, linesIn(body)).reading).toBe(id)
  })

  it('steps go from turn to turn and pass chapters over', () => {
    const { body, ids } = scriptOf('one', 'two')
    const chapter = body.insertBlock(ids[0] ?? '', { kind: 'chapter' }, me)
    body.insertText({ block: chapter, offset: 0 }, 'Chapter', {}, me)
    const prompter = openPrompter(linesIn(body))
    expect(turnBeside(prompter, 1)).toBe(ids[1])
    expect(turnBeside(prompter, -1)).toBeNull()
    const second = reachLine(prompter, ids[1] ?? '')
    expect([turnBeside(second, -1), turnBeside(second, 1)]).toEqual([ids[0], null])
  })

  it('a line that is not shown cannot be reached', () => {
    const { prompter, ids } = readingAt(1, 'one', 'two')
    expect(reachLine(prompter, 'gone').reading).toBe(ids[1])
  })

  it('lines that did not change stay the same objects', () => {
    const { body, ids, prompter } = readingAt(0, 'one', 'two', 'three')
    body.insertText({ block: ids[1] ?? '', offset: 0 }, 'x', {}, me)
    const next = scriptChanged(prompter, linesIn(body))
    expect(next.shown[2]).toBe(prompter.shown[2])
    expect(next.shown[1]).not.toBe(prompter.shown[1])
  })
})

describe('whatever a co-host does', () => {
  const act = fc.record({
    kind: fc.constantFrom('type', 'delete', 'split', 'join', 'move', 'remove', 'restore', 'insert', 'read', 'read', 'take'),
    at: fc.nat(1_000),
    to: fc.nat(1_000),
  })

  it('the line being read stands still, nothing shows twice, and all of it is the script once it is left (N1)', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const { body } = scriptOf('AB', 'CD', 'EF', 'GH')
        let letter = 0x4e00
        let prompter = openPrompter(linesIn(body))
        for (const { kind, at, to } of acts) {
          const blocks = body.read().blocks
          const pick = (n: number) => blocks[n % blocks.length]
          const [block, other] = [pick(at), pick(to)]
          if (!block || !other) continue
          const point = { block: block.id, offset: to % (block.length + 1) }
          if (kind === 'type') body.insertText(point, String.fromCharCode(letter++), {}, me)
          else if (kind === 'delete') body.deleteText(block.id, point.offset, point.offset + 1, me)
          else if (kind === 'split') body.split(point, {}, me)
          else if (kind === 'join') body.join(block.id, other.id, me)
          else if (kind === 'move') body.move(block.id, other.id, me)
          else if (kind === 'remove') body.remove(block.id, mark, me)
          else if (kind === 'restore') body.restore(block.id, me)
          else if (kind === 'insert') body.insertBlock(block.id, { kind: 'turn' }, me)

          const before = prompter
          const readLine = () => prompter.shown.find(({ id }) => id === prompter.reading)
          const wasReading = readLine()
          if (kind === 'read') prompter = reachLine(prompter, prompter.shown[at % prompter.shown.length]?.id ?? '')
          else if (kind === 'take') prompter = takeNow(prompter)
          else {
            prompter = scriptChanged(prompter, linesIn(body))
            if (wasReading) expect(said(readLine() as Line)).toBe(said(wasReading))
          }
          expect(prompter.script.length === 0 || readLine() !== undefined).toBe(true)
          expect(new Set(prompter.shown.map(({ id }) => id)).size).toBe(prompter.shown.length)
          const letters = [...shown(prompter).join('')]
          expect(new Set(letters).size).toBe(letters.length)
          if (!prompter.waits) expect(prompter.shown).toEqual(prompter.script)
          if (prompter !== before && kind === 'take') expect(prompter.waits).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })
})
