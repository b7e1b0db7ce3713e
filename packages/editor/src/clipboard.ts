import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import { Fragment, type Mark, type Node, type ResolvedPos, Slice } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import { firstBlockOf } from './first-block.ts'
import { scriptSchema } from './script-schema.ts'

/** What is pasted becomes what the script is made of: turns and chapters in a dispatch, prose in an essay. */
export const clipboardPlugin = (script: Dispatch): Plugin =>
  new Plugin({
    props: {
      clipboardTextParser: (text) => blocksOfLines(text),
      transformPasted: (slice, view) => fitSlice(slice, script, view.state.selection.$from),
    },
  })

export const blocksOfLines = (text: string): Slice =>
  Slice.maxOpen(
    Fragment.fromArray(
      text
        .replace(/(?:\r\n?|\n)+$/, '')
        .split(/(?:\r\n?|\n)+/)
        .map((line) => scriptSchema.node('paragraph', {}, line === '' ? [] : [scriptSchema.text(line)])),
    ),
  )

export const fitSlice = (slice: Slice, script: Dispatch, $at: ResolvedPos): Slice => {
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
    return scriptSchema.node(kind, { level: node.attrs['level'], speaker: kind === 'turn' ? speaker : null }, content)
  }
  return new Slice(Fragment.fromArray(slice.content.content.map(fit)), slice.openStart, slice.openEnd)
}

const scriptKind = (kind: string) => (kind === 'heading' || kind === 'chapter' ? 'chapter' : 'turn')

const proseKind = (kind: string) => (kind === 'turn' ? 'paragraph' : kind === 'chapter' ? 'heading' : kind)
