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

export const marginsPlugin = (script: Dispatch): Plugin =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => marginsOf(state, script),
      apply: (transaction, before, _, state) =>
        transaction.docChanged || transaction.getMeta(REDRAW_MARGINS) === true ? marginsOf(state, script) : before,
    },
    props: { decorations: (state) => key.getState(state) ?? null },
  })

const marginsOf = (state: EditorState, script: Dispatch): DecorationSet => {
  const speakers = new Map(script.speakers.list().map(({ id, fields }) => [id, fields]))
  const blocks = placedBlocks(state.doc)
  const timings = timelineOf(blocks.flatMap(({ node }) => timedBlockOf(node)))
  const decorations: Decoration[] = []
  for (const { node, at } of blocks) {
    const timing = timings.get(String(node.attrs['id']))
    if (timing === undefined) continue
    const speaker = speakers.get(String(node.attrs['speaker']))
    const margin: Margin = {
      name: String(speaker?.get('name') ?? ''),
      color: Number(speaker?.get('color') ?? 0),
      clock: formatShortClock(timing.start),
      recorded: timing.recorded,
    }
    // An attribute that changes makes ProseMirror call the node view's `update`.
    decorations.push(Decoration.node(at, at + node.nodeSize, { 'data-margin': JSON.stringify(margin) }, { margin }))
  }
  return DecorationSet.create(state.doc, decorations)
}

/** What the timeline needs of a block; nothing of one that has no time. */
const timedBlockOf = (node: Node): Block[] => {
  const { id, start } = node.attrs
  const text = node.textBetween(0, node.content.size, '', '')
  const timed = {
    id: String(id),
    start: typeof start === 'number' ? start : null,
    content: text === '' ? [] : [{ type: 'text' as const, text }],
  }
  if (node.type.name === 'turn') return [{ kind: 'turn', speaker: null, ...timed }]
  return node.type.name === 'chapter' ? [{ kind: 'chapter', ...timed }] : []
}

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

    const draw = (known: readonly Decoration[]) => {
      const found = known.map((decoration) => decoration.spec?.margin as Margin | undefined).find((each) => each !== undefined)
      if (!found) return
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
