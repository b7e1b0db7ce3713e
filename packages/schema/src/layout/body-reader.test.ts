import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createBody } from './body-acts.ts'
import { readBody } from './body-reader.ts'
import { blockById } from './body-view.ts'

const script = (texts: readonly string[]) => {
  const text = new Y.Doc().getText('body')
  const body = createBody(text)
  for (const content of texts) {
    const id = body.insertBlock(body.read().blocks.at(-1)?.id ?? null, { kind: 'turn' }, null)
    body.insertText({ block: id, offset: 0 }, content, {}, null)
  }
  return body
}

const runsOf = (text: Y.Text) => readBody(text).blocks.map(({ segments }) => segments.map(({ runs }) => runs))
const readRuns = (body: ReturnType<typeof script>) => body.read().blocks.map(({ segments }) => segments.map(({ runs }) => runs))

it('B4: an unchanged block stays the same object, whatever changes beside it', () => {
  const body = script(['one', 'two', 'three'])
  const before = body.read()
  body.insertText({ block: before.blocks[1]?.id ?? '', offset: 3 }, '!', {}, null)
  const typed = body.read()
  expect([0, 1, 2].map((nth) => typed.blocks[nth] === before.blocks[nth])).toEqual([true, false, true])
  body.split({ block: before.blocks[2]?.id ?? '', offset: 2 }, {}, null)
  expect([0, 1].map((nth) => body.read().blocks[nth] === typed.blocks[nth])).toEqual([true, true])
})

it('B4: reading bit by bit says what reading the whole says, with formats that reach over markers, by us or by others', () => {
  const act = fc.record({
    kind: fc.constantFrom('type', 'type', 'delete', 'format', 'unformat', 'marker', 'unmark', 'rename', 'embed', 'split'),
    at: fc.nat(1_000),
    length: fc.nat(8),
    together: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const body = script(['one two', 'three four', 'five'])
      const { text } = body
      const doc = text.doc as Y.Doc
      const play = ({ kind, at, length }: (typeof acts)[number]) => {
        const index = at % (text.length + 1)
        const span = Math.min(length, text.length - index)
        if (kind === 'type') text.insert(index, 'xyz'.slice(0, 1 + (length % 3)))
        else if (kind === 'delete') text.delete(index, span)
        else if (kind === 'format') text.format(index, span, { strong: true })
        else if (kind === 'unformat') text.format(index, span, { strong: null })
        else if (kind === 'embed') text.insertEmbed(index, { cue: 'sighs' })
        else if (kind === 'marker') text.insertEmbed(index, new Y.Map([['id', `m${at % 7}`]]))
        else if (kind === 'rename') body.read().segments[at % body.read().segments.length]?.marker.set('id', `m${length}`)
        else if (kind === 'split') body.split({ block: body.read().visible[0]?.id ?? '', offset: length }, {}, null)
        else if (body.read().segments.length > 1) body.read().segments[at % body.read().segments.length]?.marker.set('out:x', {})
        expect(readRuns(body), 'inside a transaction or out of it').toEqual(runsOf(text))
      }
      for (const each of acts) {
        if (each.together && each.kind !== 'split') doc.transact(() => [each, { ...each, at: each.at + 3 }].forEach(play))
        else play(each)
        expect(readRuns(body)).toEqual(runsOf(text))
      }
    }),
    { numRuns: 300 },
  )
})

it('B4: an observer of Yjs that writes and reads in the middle of things reads what is there', () => {
  const body = script(['one', 'two'])
  const [first, second] = body.read().blocks.map(({ id }) => id) as [string, string]
  let echoed = false
  body.text.observe(() => {
    if (echoed) return
    echoed = true
    body.insertText({ block: second, offset: 0 }, 'echo ', {}, null)
    expect(readRuns(body)).toEqual(runsOf(body.text))
  })
  body.insertText({ block: first, offset: 3 }, '!', {}, null)
  expect(readRuns(body)).toEqual(runsOf(body.text))
  expect(blockById(body.read(), second)?.length).toBe(8)
})
