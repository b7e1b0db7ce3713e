import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import { createBlockSearch, type Hit, type Wanted } from './find-in-block.ts'

export type FindQuery = Wanted & {
  readonly matchCase: boolean
  /** Only in the turns of this speaker. */
  readonly speaker: string | null
}

/** A hit, as it lies in the document. */
export type Match = Hit

export type Found = {
  readonly query: FindQuery
  readonly count: number
  /** Index of the match that one is at; -1 while there is none. */
  readonly current: number
}

type State = Found & {
  readonly search: ReturnType<typeof createBlockSearch>
  readonly language: string
  /** Blocks with hits, and how many hits there are before each. */
  readonly blocks: readonly { readonly node: Node; readonly at: number; readonly hits: readonly Hit[]; readonly before: number }[]
  /** The current match is the first one from here on. */
  readonly from: number
  /** Around here matches are highlighted. */
  readonly near: number
  readonly highlights: DecorationSet
  /** Raised when the current match is to be brought into view. */
  readonly reveal: number
}

type Meta = { readonly query: FindQuery | null } | { readonly from: number } | { readonly near: number }

/** So many matches are highlighted: several screens full. The rest is as soon as one comes near. */
const HIGHLIGHTED = 300

const key = new PluginKey<State | null>('stet-find')

export const foundIn = (state: EditorState): Found | null => key.getState(state) ?? null

/** `language` says in which one capitals and small letters correspond. */
export const findPlugin = (language: () => string): Plugin =>
  new Plugin<State | null>({
    key,
    state: {
      init: () => null,
      apply: (transaction, before, _, state) => {
        const meta: Meta | undefined = transaction.getMeta(key)
        if (meta && 'query' in meta) return meta.query && asked(meta.query, before, state, language())
        if (!before) return null
        const { mapping, docChanged } = transaction
        const next =
          meta && 'from' in meta
            ? { ...before, ...meta, near: meta.from, reveal: before.reveal + 1 }
            : { ...before, from: mapping.map(before.from, 1), near: mapping.map(before.near), ...meta }
        if (docChanged) return searched(next, state.doc)
        return meta ? placed(next, state.doc) : before
      },
    },
    props: { decorations: (state) => key.getState(state)?.highlights ?? null },
    view: (view) => followTheEye(view),
  })

/** Sets what is looked for; null ends the search. */
export const setFindQuery = (view: EditorView, query: FindQuery | null): void =>
  view.dispatch(view.state.tr.setMeta(key, { query } satisfies Meta))

/** Goes to the next match or the one before, round the ends, and selects it. */
export const goToMatch = (view: EditorView, step: 1 | -1): void => {
  const found = key.getState(view.state)
  if (!found || found.count === 0) return
  const match = matchAt(found, (neighbour(view, found, step) + found.count) % found.count)
  if (match) view.dispatch(selecting(view.state.tr, match).setMeta(key, { from: match.from } satisfies Meta))
}

/** Puts the selection on the current match, as when the search ends. */
export const selectMatch = (view: EditorView): void => {
  const found = key.getState(view.state)
  const match = found && matchAt(found, found.current)
  if (match) view.dispatch(selecting(view.state.tr, match))
}

export const currentMatch = (state: EditorState): Match | null => {
  const found = key.getState(state)
  return found ? matchAt(found, found.current) : null
}

export const allMatches = (state: EditorState): readonly Match[] =>
  key.getState(state)?.blocks.flatMap(({ at, hits }) => hits.map((hit) => placedHit(hit, at))) ?? []

/** The match after a place is the current one. */
export const continueFrom = (transaction: Transaction, from: number): Transaction =>
  transaction.setMeta(key, { from } satisfies Meta)

const asked = (query: FindQuery, before: State | null, state: EditorState, language: string): State => {
  const sameReading = before?.query.matchCase === query.matchCase && before.language === language
  return searched(
    {
      query,
      language,
      search: sameReading ? before.search : createBlockSearch({ language, matchCase: query.matchCase }),
      from: before?.from ?? state.selection.from,
      near: before?.from ?? state.selection.from,
      reveal: (before?.reveal ?? 0) + 1,
      blocks: [],
      count: 0,
      current: -1,
      highlights: DecorationSet.empty,
    },
    state.doc,
  )
}

const searched = (state: State, doc: Node): State => {
  const blocks: State['blocks'][number][] = []
  let count = 0
  doc.forEach((node, at) => {
    const { speaker } = state.query
    if (speaker !== null && (node.type.name !== 'turn' || node.attrs['speaker'] !== speaker)) return
    const hits = state.search(node, state.query)
    if (hits.length > 0) blocks.push({ node, at, hits, before: count })
    count += hits.length
  })
  return placed({ ...state, blocks, count }, doc)
}

const placed = (state: State, doc: Node): State => {
  const first = firstFrom(state, state.from)
  return highlighted({ ...state, current: state.count === 0 ? -1 : first % state.count }, doc)
}

const highlighted = (state: State, doc: Node): State => {
  const middle = firstFrom(state, state.near)
  const decorations: Decoration[] = []
  for (const { at, hits, before } of state.blocks) {
    if (before + hits.length < middle - HIGHLIGHTED / 2 || before > middle + HIGHLIGHTED / 2) continue
    for (const [nth, hit] of hits.entries()) {
      const { from, to } = placedHit(hit, at)
      const isCurrent = before + nth === state.current
      decorations.push(Decoration.inline(from, to, { class: isCurrent ? 'found is-current' : 'found' }))
    }
  }
  return { ...state, highlights: DecorationSet.create(doc, decorations) }
}

/** How many matches there are before a place. */
const firstFrom = ({ blocks, count }: State, from: number): number => {
  const block = blocks.find(({ node, at }) => at + node.nodeSize > from)
  if (!block) return count
  const nth = block.hits.findIndex((hit) => block.at + 1 + hit.from >= from)
  return block.before + (nth < 0 ? block.hits.length : nth)
}

const matchAt = ({ blocks }: State, index: number): Match | null => {
  const block = blocks.findLast(({ before }) => before <= index)
  const hit = block?.hits[index - block.before]
  return block && hit ? placedHit(hit, block.at) : null
}

const placedHit = (hit: Hit, at: number): Match => ({ ...hit, from: at + 1 + hit.from, to: at + 1 + hit.to })

const selecting = (transaction: Transaction, { from, to }: Match): Transaction =>
  transaction.setSelection(TextSelection.create(transaction.doc, from, to))

/** From the current match; from the caret, when one writes and has put it elsewhere. */
const neighbour = (view: EditorView, found: State, step: 1 | -1): number => {
  const { from, to } = view.state.selection
  const match = matchAt(found, found.current)
  if (!view.hasFocus() || (match?.from === from && match.to === to)) return found.current + step
  return step > 0 ? firstFrom(found, to) : firstFrom(found, from) - 1
}

/** Brings the current match into view when it changes, and highlights what one scrolls to. */
const followTheEye = (view: EditorView) => {
  let frame = 0
  const lookAround = () => {
    frame = 0
    const found = view.isDestroyed ? null : key.getState(view.state)
    if (!found || found.count <= HIGHLIGHTED / 2) return
    const { left, width } = view.dom.getBoundingClientRect()
    const middle = view.posAtCoords({ left: left + width / 2, top: view.dom.ownerDocument.documentElement.clientHeight / 2 })
    if (middle && Math.abs(firstFrom(found, middle.pos) - firstFrom(found, found.near)) > HIGHLIGHTED / 4)
      view.dispatch(view.state.tr.setMeta(key, { near: middle.pos } satisfies Meta))
  }
  const onScroll = () => {
    if (frame === 0 && key.getState(view.state)) frame = requestAnimationFrame(lookAround)
  }
  document.addEventListener('scroll', onScroll, { capture: true, passive: true })
  return {
    update: (_: EditorView, before: EditorState) => {
      const [was, is] = [key.getState(before), key.getState(view.state)]
      if (is && is.reveal !== was?.reveal) view.dom.querySelector('.found.is-current')?.scrollIntoView({ block: 'nearest' })
    },
    destroy: () => {
      document.removeEventListener('scroll', onScroll, { capture: true })
      cancelAnimationFrame(frame)
    },
  }
}
