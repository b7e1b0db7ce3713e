import { visibleBlocks } from '@stet/schema/layout/body-view'
import { SOURCE_PROSE } from '@stet/schema/layout/open-dispatch'
import type { Random } from '../../apps/sync-server/src/sync/honest-replica.ts'
import type { Page } from './page.ts'

/** What people do on a page, chosen by a seeded generator. Each act goes through the layout's own functions. */
export const actHonestly = (page: Page, random: Random): void => random.pick(acts)(page, random)

type Act = (page: Page, random: Random) => void

const WORDS = ['tide ', 'pier ', 'é', '日本', '👩‍🚀', '\u{1F600} ', 'So nobody had written it down. ', ' ', 'ß', 'שלום ']
const mark = { at: '2026-01-31T10:00:00.000Z', by: 'x' }

type Block = NonNullable<ReturnType<typeof blockOf>>

const blockOf = ({ dispatch }: Page, random: Random) => {
  const blocks = visibleBlocks(dispatch.body.read())
  return blocks.length === 0 ? null : random.pick(blocks)
}
/** A place between two characters: no caret stands inside of one, and Yjs would break one that is cut. */
const placeIn = (text: string, random: Random): number => {
  const at = random.below(text.length + 1)
  return /^[\udc00-\udfff]/.test(text.slice(at)) ? at - 1 : at
}
const textOf = ({ visible }: Block): string =>
  visible.flatMap(({ runs }) => runs.map(({ insert }) => (typeof insert === 'string' ? insert : ' '))).join('')
const endAfter = (text: string, from: number, atMost: number): number => {
  const to = Math.min(text.length, from + atMost)
  return /^[\udc00-\udfff]/.test(text.slice(to)) ? to + 1 : to
}
const moveCaret = ({ awareness, doc }: Page, random: Random) =>
  awareness.setLocalStateField('cursor', { anchor: { client: doc.clientID, clock: random.below(1_000) }, nth: random.below(1e6) })

/** A few letters, each with its own update and the caret behind it, as the editor sends them. */
const typeLetters: Act = (page, random) => {
  const block = blockOf(page, random)
  if (block === null) return insertTurn(page, random)
  const from = placeIn(textOf(block), random)
  for (let nth = 0; nth < 1 + random.below(8); nth++) {
    page.dispatch.body.insertText({ block: block.id, offset: from }, random.pick(WORDS), {}, page.own)
    moveCaret(page, random)
  }
}
const insertTurn: Act = (page, random) => {
  const after = blockOf(page, random)
  page.dispatch.body.insertBlock(after?.id ?? null, { kind: 'turn', speaker: `s${random.below(3)}` }, page.own)
}
/** As it comes from a clipboard: many turns, or one that is as long as an hour. */
const pasteMuch: Act = (page, random) => {
  const block = blockOf(page, random)
  if (block === null) return insertTurn(page, random)
  const { body } = page.dispatch
  if (random.below(2) === 0) {
    const text = 'A line of a pasted page, as long as lines of pasted pages are. '.repeat(20 + random.below(1_500))
    return body.insertText({ block: block.id, offset: 0 }, text, {}, page.own)
  }
  page.doc.transact(() => {
    let after: string = block.id
    for (let nth = 0; nth < 5 + random.below(60); nth++) {
      after = body.insertBlock(after, { kind: 'turn', speaker: 's1' }, page.own)
      body.insertText({ block: after, offset: 0 }, 'Pasted, turn by turn. ', { strong: true }, page.own)
    }
  }, page.own)
}
const withBlock =
  (act: (page: Page, random: Random, block: Block) => void): Act =>
  (page, random) => {
    const block = blockOf(page, random)
    if (block !== null) act(page, random, block)
  }

const acts: readonly Act[] = [
  ...Array.from({ length: 12 }, () => typeLetters),
  insertTurn,
  (page, random) => (random.below(60) === 0 ? pasteMuch : typeLetters)(page, random),
  withBlock(({ dispatch, own }, random, block) => {
    const from = placeIn(textOf(block), random)
    dispatch.body.deleteText(block.id, from, endAfter(textOf(block), from, 1 + random.below(12)), own)
  }),
  withBlock(({ dispatch, own }, random, block) => {
    const from = placeIn(textOf(block), random)
    const attributes = random.pick([{ strong: true }, { em: null }, { 'cite:src1': true }, { link: 'https://tide.example/' }])
    dispatch.body.formatText(block.id, from, endAfter(textOf(block), from, 9), attributes, own)
  }),
  withBlock(({ dispatch, own }, random, block) =>
    dispatch.body.insertCue({ block: block.id, offset: placeIn(textOf(block), random) }, 'tsk', {}, own),
  ),
  withBlock(({ dispatch, own }, random, block) => {
    dispatch.body.split({ block: block.id, offset: placeIn(textOf(block), random) }, { speaker: 's2' }, own)
  }),
  withBlock((page, random, block) => {
    const into = blockOf(page, random)
    if (into !== null) page.dispatch.body.join(block.id, into.id, page.own)
  }),
  withBlock((page, random, block) => page.dispatch.body.move(block.id, blockOf(page, random)?.id ?? null, page.own)),
  withBlock(({ dispatch, own }, _, block) => dispatch.body.remove(block.id, mark, own)),
  ({ dispatch, own }, random) => {
    const { blocks } = dispatch.body.read()
    if (blocks.length > 0) dispatch.body.restore(random.pick(blocks).id, own)
  },
  withBlock(({ dispatch, own }, random, block) => dispatch.body.setFields(block.id, { speaker: `s${random.below(4)}` }, own)),
  ({ dispatch, doc, own }, random) => {
    const title = dispatch.text(random.pick(['title', 'summary', 'quote', 'topics']))
    doc.transact(() => title.insert(placeIn(title.toString(), random), random.pick(WORDS)), own)
  },
  ({ dispatch, own }, random) =>
    dispatch.setMeta({ number: random.below(200), date: random.pick(['2026-01-31', null]), targetSeconds: 900 }, own),
  ({ dispatch, own }, random) =>
    dispatch.sources.add({ title: 'Tide tables', kind: 'book', url: 'https://tide.example/', tier: random.below(3) }, own),
  ({ dispatch, own }, random) => {
    const sources = dispatch.sources.list()
    if (sources.length === 0) return
    const { id } = random.pick(sources)
    const text = dispatch.sources.text(id, random.pick(SOURCE_PROSE))
    dispatch.doc.transact(() => text?.insert(0, random.pick(WORDS)), own)
    if (random.below(4) === 0) dispatch.sources.move(id, null, own)
    if (random.below(8) === 0) dispatch.sources.remove(id, own)
  },
  ({ dispatch, own }, random) => {
    dispatch.speakers.add({ name: 'Ada', color: 1 + random.below(6) }, own, { id: `s${random.below(4)}` })
  },
  ({ undo }) => void undo.undo(),
  ({ undo }) => void undo.undo(),
  ({ undo }) => void undo.redo(),
  (page, random) => {
    for (let nth = 0; nth < 20; nth++) moveCaret(page, random)
  },
  ({ awareness }) => awareness.setLocalStateField('field', 'title'),
]
