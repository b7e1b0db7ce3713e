import { pointOfRelative, readRelative } from '@stet/schema/layout/body-points'
import type { EditorState } from 'prosemirror-state'
import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Binding } from './binding.ts'
import { positionOf } from './points.ts'

/**
 * The carets and selections of others. Presence carries them as relative positions in the body (state field `caret`),
 * so they are right through every structural act; `person` says whose they are.
 */
const key = new PluginKey<DecorationSet>('stet-carets')

export const caretsPlugin = (binding: () => Binding | null, awareness: Awareness): Plugin =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, before, _, state) =>
        transaction.docChanged || transaction.getMeta(key) === true ? caretsOf(state, binding(), awareness) : before,
    },
    props: { decorations: (state) => key.getState(state) ?? null },
    view: (view) => {
      // Carets of many, and the letters they come with, are drawn together: once for each frame that is seen.
      let frame = 0
      const redraw = () => {
        frame ||= requestAnimationFrame(() => {
          frame = 0
          view.dispatch(view.state.tr.setMeta(key, true))
        })
      }
      const onPresence = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
        if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) redraw()
      }
      awareness.on('change', onPresence)
      if ([...awareness.getStates().keys()].some((client) => client !== awareness.clientID)) redraw()
      return {
        destroy: () => {
          awareness.off('change', onPresence)
          cancelAnimationFrame(frame)
        },
      }
    },
  })

/** Tells others where one's own caret is; null when the script is not where one writes. */
export const publishCaret = (awareness: Awareness, binding: Binding, view: EditorView, isReadOnly: boolean): void => {
  const { anchor, head } = binding.selection()
  const caret = !isReadOnly && view.hasFocus() && anchor && head ? { anchor, head } : null
  const told = awareness.getLocalState()?.['caret'] ?? null
  if (JSON.stringify(told) !== JSON.stringify(caret)) awareness.setLocalStateField('caret', caret)
}

const caretsOf = (state: EditorState, binding: Binding | null, awareness: Awareness): DecorationSet => {
  if (!binding) return DecorationSet.empty
  const decorations: Decoration[] = []
  for (const [client, presence] of awareness.getStates()) {
    if (client === awareness.clientID) continue
    const caret = presence['caret'] as { anchor?: unknown; head?: unknown } | null | undefined
    const person = presence['person'] as { name?: unknown; color?: unknown } | undefined
    const [anchorKept, headKept] = [readRelative(caret?.anchor), readRelative(caret?.head)]
    const head = placeOf(state, binding, headKept)
    if (head === null) continue
    const color = Number.isInteger(person?.color) ? Number(person?.color) : 1
    const name = typeof person?.name === 'string' ? person.name : 'Someone'
    decorations.push(
      Decoration.widget(head, () => caretElement(name, color), {
        side: 10,
        key: `caret-${client}-${name}-${color}`,
        ignoreSelection: true,
        marks: [],
      }),
    )
    const anchor = Y.compareRelativePositions(anchorKept, headKept) ? head : placeOf(state, binding, anchorKept)
    if (anchor !== null && anchor !== head)
      decorations.push(
        Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), {
          class: 'others-selection',
          style: `--person: var(--speaker-${color})`,
        }),
      )
  }
  return DecorationSet.create(state.doc, decorations)
}

const placeOf = (state: EditorState, binding: Binding, relative: Y.RelativePosition | null): number | null => {
  const point = relative && pointOfRelative(binding.view(), binding.body.text, relative)
  return point && positionOf(state.doc, point)
}

const caretElement = (name: string, color: number): HTMLElement => {
  const caret = document.createElement('span')
  caret.className = 'others-caret'
  caret.style.setProperty('--person', `var(--speaker-${color})`)
  const flag = caret.appendChild(document.createElement('span'))
  flag.className = 'others-name'
  flag.textContent = name
  return caret
}
