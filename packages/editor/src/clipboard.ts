import type { BlockPoint } from '@stet/schema/layout/body-points'
import { blockById } from '@stet/schema/layout/body-view'
import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { Fragment, type Mark, type Node, type ResolvedPos, Slice } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import type { Binding } from './binding.ts'
import { firstBlockOf } from './first-block.ts'
import { pointOf } from './points.ts'
import { scriptSchema } from './script-schema.ts'
import type { Signature } from './translate-transaction.ts'
import { moveBlocksTo, wholeBlocksIn } from './whole-blocks.ts'

/** Ids of the blocks that were cut last. */
const key = new PluginKey<readonly string[]>('stet-clipboard')

/**
 * What is pasted becomes what the script is made of: turns and chapters in a dispatch, prose in an essay. Whole blocks
 * that were cut or dragged here are not inserted anew but moved: they stay the blocks they were.
 */
export const clipboardPlugin = (script: Dispatch, binding: () => Binding | null, signature: Signature): Plugin =>
  new Plugin<readonly string[]>({
    key,
    state: {
      init: () => [],
      apply: (transaction, cut, before) => (transaction.getMeta('uiEvent') === 'cut' ? wholeBlocksIn(before) : cut),
    },
    props: {
      clipboardTextParser: (text) => blocksOfLines(text),
      transformPasted: (slice, view) => fitSlice(slice, script, view.state.selection.$from, key.getState(view.state)),
      handlePaste: (view, _, slice) => {
        if (!view.state.selection.empty) view.dispatch(view.state.tr.deleteSelection())
        const bound = binding()
        return bound !== null && pasteCutBlocks(bound, slice, signature)
      },
      handleDrop: (view, event, _, moved) => {
        const [bound, ids] = [binding(), moved ? wholeBlocksIn(view.state) : []]
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
        const point = at && pointOf(view.state.doc, at.pos)
        return bound !== null && point !== null && ids.length > 0 && placeBlocks(bound, ids, point, signature)
      },
    },
  })

/** Puts blocks that were cut back where the caret is; answers whether the slice was such a cut. */
export const pasteCutBlocks = (binding: Binding, slice: Slice, signature: Signature): boolean => {
  const state = binding.state()
  const cut = key.getState(state) ?? []
  const ids = slice.content.content.map((node) => String(node.attrs['id'] ?? ''))
  const view = binding.view()
  const isGone = (id: string) => cut.includes(id) && blockById(view, id)?.visible.length === 0
  const point = pointOf(state.doc, state.selection.head)
  if (!point || ids.length === 0 || !ids.every(isGone)) return false
  // The words of one turn, pasted among those of another, are meant as words.
  const target = blockById(view, point.block)
  if (ids.length === 1 && target && point.offset > 0 && point.offset < target.length) return false
  return placeBlocks(binding, ids, point, signature)
}

const placeBlocks = (binding: Binding, ids: readonly string[], point: BlockPoint, signature: Signature): boolean => {
  let end: BlockPoint | null = null
  binding.undoManager.stopCapturing()
  binding.act(
    () => {
      end = moveBlocksTo(binding, ids, point, signature)
    },
    () => end,
  )
  binding.undoManager.stopCapturing()
  return true
}

export const blocksOfLines = (text: string): Slice =>
  Slice.maxOpen(
    Fragment.fromArray(
      text
        .replace(/(?:\r\n?|\n)+$/, '')
        .split(/(?:\r\n?|\n)+/)
        .map((line) => scriptSchema.node('paragraph', {}, line === '' ? [] : [scriptSchema.text(line)])),
    ),
  )

/** `kept` are the ids of blocks that may come back as what they were. */
export const fitSlice = (slice: Slice, script: Dispatch, $at: ResolvedPos, kept: readonly string[] = []): Slice => {
  const speakers = new Set(script.speakers.list().map(({ id }) => id))
  const sources = new Set(script.sources.list().map(({ id }) => id))
  const here: unknown =
    $at.depth > 0 && $at.node(1).type.name === 'turn' ? $at.node(1).attrs['speaker'] : firstBlockOf(script).speaker
  const isKnown = (mark: Mark) =>
    mark.type.name !== 'comment' && (mark.type.name !== 'cite' || sources.has(String(mark.attrs['source'])))
  const fit = (node: Node): Node => {
    if (node.isInline) return node.mark(node.marks.filter(isKnown))
    const content = Fragment.fromArray(node.content.content.map(fit))
    const speaker: unknown = speakers.has(String(node.attrs['speaker'])) ? node.attrs['speaker'] : here
    const kind = script.meta.get('kind') === 'essay' ? proseKind(node.type.name) : scriptKind(node.type.name)
    const id = kept.includes(String(node.attrs['id'])) ? node.attrs['id'] : ''
    return scriptSchema.node(kind, { id, level: node.attrs['level'], speaker: kind === 'turn' ? speaker : null }, content)
  }
  return new Slice(Fragment.fromArray(slice.content.content.map(fit)), slice.openStart, slice.openEnd)
}

const scriptKind = (kind: string) => (kind === 'heading' || kind === 'chapter' ? 'chapter' : 'turn')

const proseKind = (kind: string) => (kind === 'turn' ? 'paragraph' : kind === 'chapter' ? 'heading' : kind)
