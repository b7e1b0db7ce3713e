import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { Block } from '@stet/schema/snapshot'
import { formatShortClock, timelineOf } from '@stet/schema/timeline'
import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type NodeView } from 'prosemirror-view'
import { placedBlocks } from './points.ts'

/**
 * What stands beside a turn or a chapter: the speaker in their colour, and the time. It hangs on decorations, so a
 * renamed speaker or a reflowed time redraws margins and leaves the text alone.
 */
type Margin = { readonly name: string; readonly color: number; readonly clock: string; readonly recorded: boolean }

const key = new PluginKey<DecorationSet>('stet-margins')

/** A transaction with this meta redraws the margins, for when the roster has changed. */
export const REDRAW_MARGINS = 'stet-redraw-margins'

export const marginsPlugin = (script: Dispatch): Plugin => {
  const readings = new WeakMap<Node, Block>()
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => marginsOf(state, script, readings),
      apply: (transaction, before, _, state) =>
        transaction.docChanged || transaction.getMeta(REDRAW_MARGINS) === true ? marginsOf(state, script, readings) : before,
    },
    props: { decorations: (state) => key.getState(state) ?? null },
  })
}

const marginsOf = (state: EditorState, script: Dispatch, readings: WeakMap<Node, Block>): DecorationSet => {
  const speakers = new Map(script.speakers.list().map(({ id, fields }) => [id, fields]))
  const placed = placedBlocks(state.doc)
  const timings = timelineOf(placed.map(({ node }) => readingOf(node, readings)))
  const decorations: Decoration[] = []
  for (const { node, at } of placed) {
    if (node.type.name !== 'turn' && node.type.name !== 'chapter') continue
    const speaker = speakers.get(String(node.attrs['speaker']))
    const timing = timings.get(String(node.attrs['id']))
    const margin: Margin = {
      name: String(speaker?.get('name') ?? ''),
      color: Number(speaker?.get('color') ?? 0),
      clock: formatShortClock(timing?.start ?? 0),
      recorded: timing?.recorded ?? false,
    }
    // As a string, so that ProseMirror sees an equal margin as equal and leaves the others alone while one types.
    decorations.push(Decoration.node(at, at + node.nodeSize, {}, { margin: JSON.stringify(margin) }))
  }
  return DecorationSet.create(state.doc, decorations)
}

/** A block as the timeline reads it: cues take no time. */
const readingOf = (node: Node, readings: WeakMap<Node, Block>): Block => {
  const known = readings.get(node)
  if (known) return known
  const [id, start, speaker] = [String(node.attrs['id']), readStart(node.attrs['start']), node.attrs['speaker']]
  const text = node.textBetween(0, node.content.size, '', () => '')
  const reading: Block =
    node.type.name === 'turn'
      ? { kind: 'turn', id, start, speaker, content: [{ type: 'text', text }] }
      : node.type.name === 'chapter'
        ? { kind: 'chapter', id, start, content: [] }
        : { kind: 'paragraph', id, content: [] }
  readings.set(node, reading)
  return reading
}

const readStart = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** A block with a margin: text that is not editable, then the text that is. */
export const createMarginView =
  (onSpeaker: (blockId: string) => void) =>
  (node: Node, _view: unknown, _at: unknown, decorations: readonly Decoration[]): NodeView => {
    let current = node
    const dom = document.createElement('div')
    dom.className = node.type.name
    const margin = dom.appendChild(document.createElement('div'))
    margin.className = 'margin'
    margin.contentEditable = 'false'
    const contentDOM = dom.appendChild(document.createElement(node.type.name === 'chapter' ? 'h2' : 'p'))

    let drawn = ''
    const draw = (known: readonly Decoration[]) => {
      const wanted = known.map((decoration) => decoration.spec?.margin as string | undefined).find((each) => each !== undefined)
      if (wanted === undefined || wanted === drawn) return
      drawn = wanted
      const found = JSON.parse(wanted) as Margin
      const time = document.createElement('time')
      time.textContent = found.clock
      time.className = found.recorded ? 'recorded' : 'estimated'
      time.title = found.recorded ? 'Recorded' : 'Estimated from the text'
      margin.replaceChildren(
        ...(current.type.name === 'turn' ? [speakerButton(found, () => onSpeaker(String(current.attrs['id'])))] : []),
        time,
      )
      dom.style.setProperty('--speaker', found.color > 0 ? `var(--speaker-${found.color})` : 'var(--ink-faint)')
    }
    draw(decorations)

    return {
      dom,
      contentDOM,
      update: (next, known) => {
        if (next.type !== current.type) return false
        current = next
        draw(known)
        return true
      },
      ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
      stopEvent: (event) => margin.contains(event.target as globalThis.Node | null),
    }
  }

const speakerButton = ({ name }: Margin, onPress: () => void): HTMLElement => {
  const button = document.createElement('button')
  button.type = 'button'
  // Reached by Tab at the start of a turn instead: a stop for each turn would bar the way through the page.
  button.tabIndex = -1
  button.className = 'speaker'
  button.textContent = name === '' ? 'no speaker' : name
  button.title = 'Change the speaker (Tab at the start of the turn)'
  button.addEventListener('click', onPress)
  return button
}
