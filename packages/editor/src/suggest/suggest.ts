import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import type { Range } from '../citing.ts'
import { FROM_BODY } from '../sync-document.ts'
import type { Choice } from './choice.ts'

/**
 * A menu that opens at a character one types and is filtered by what one types next, while the caret stays in the text.
 * What is typed is ordinary text until something is picked; Escape leaves it as it is.
 */
export type Menu = {
  /** The name of the list, as a screen reader says it. */
  readonly name: string
  /** One character. */
  readonly trigger: string
  /** Whether the character means this menu here, and not itself. */
  readonly opens: (at: Surroundings) => boolean
  /** What is offered; null when the text can no longer be meant for this menu. */
  readonly choices: (query: string, state: EditorState, typed: Range) => readonly Choice[] | null
  /** `typed` is the trigger and the query: it goes with the act, in one step of the undo history. */
  readonly pick: (choice: Choice, typed: Range) => void
  /** The text that a pick would act on, shown meanwhile. */
  readonly target?: (state: EditorState, typed: Range) => Range | null
}

/** `before` and `after`: the text of the block on both sides of the trigger. */
export type Surroundings = { readonly before: string; readonly after: string; readonly block: Node }

export type Suggestion = {
  readonly menu: Menu
  readonly typed: Range
  readonly query: string
  readonly choices: readonly Choice[]
  /** Index of the choice that Enter takes; -1 when none is. */
  readonly active: number
}

const key = new PluginKey<Suggestion | null>('stet-suggest')

type Meta = { readonly close: true } | { readonly active: number }

/** The open menu, if any. */
export const suggestionOf = (state: EditorState): Suggestion | null => key.getState(state) ?? null

/** Ids of the elements that show the menu: the text box names them to screen readers. */
export const SUGGESTION_LIST_ID = 'script-suggestions'
export const suggestionOptionId = (index: number): string => `script-suggestion-${index}`

export const suggestPlugin = (menus: readonly Menu[]): Plugin =>
  new Plugin<Suggestion | null>({
    key,
    state: {
      init: () => null,
      apply: (transaction, open, _, state) => {
        const meta: Meta | undefined = transaction.getMeta(key)
        if (meta && 'close' in meta) return null
        if (meta) return open && { ...open, active: meta.active }
        const followed = open && follow(open, transaction, state)
        return followed ?? opened(menus, transaction, state)
      },
    },
    props: {
      handleKeyDown: (view, event) => handleKey(view, event),
      handleDOMEvents: { blur: (view) => closeSuggestion(view) },
      attributes: (state): Record<string, string> => {
        const open = suggestionOf(state)
        if (!open) return {}
        return {
          'aria-autocomplete': 'list',
          'aria-haspopup': 'listbox',
          'aria-controls': SUGGESTION_LIST_ID,
          ...(open.active < 0 ? {} : { 'aria-activedescendant': suggestionOptionId(open.active) }),
        }
      },
      decorations: (state) => {
        const open = suggestionOf(state)
        if (!open) return null
        const { from, to } = open.typed
        const target = open.menu.target?.(state, open.typed)
        return DecorationSet.create(state.doc, [
          Decoration.inline(from, to, { class: 'suggestion-query' }),
          ...(target ? [Decoration.inline(target.from, target.to, { class: 'cite-target' })] : []),
        ])
      },
    },
  })

export const pickSuggestion = (view: EditorView, index: number): boolean => {
  const open = suggestionOf(view.state)
  const choice = open?.choices[index]
  if (!open || !choice) return false
  closeSuggestion(view)
  if (view.editable) open.menu.pick(choice, open.typed)
  return true
}

export const closeSuggestion = (view: EditorView): void => {
  if (suggestionOf(view.state)) view.dispatch(view.state.tr.setMeta(key, { close: true } satisfies Meta))
}

const handleKey = (view: EditorView, event: KeyboardEvent): boolean => {
  const open = suggestionOf(view.state)
  // An input method has its own use for these keys while it composes.
  if (!open || view.composing || event.isComposing || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey)
    return false
  const { choices, active } = open
  const goTo = (index: number) => {
    if (choices.length > 0) view.dispatch(view.state.tr.setMeta(key, { active: index } satisfies Meta))
    return choices.length > 0
  }
  if (event.key === 'ArrowDown') return goTo((active + 1) % choices.length)
  if (event.key === 'ArrowUp') return goTo((Math.max(active, 0) + choices.length - 1) % choices.length)
  if (event.key === 'Enter' || event.key === 'Tab') return active >= 0 && pickSuggestion(view, active)
  if (event.key !== 'Escape') return false
  closeSuggestion(view)
  return true
}

/** A menu opens when its trigger is the last thing a person typed. */
const opened = (menus: readonly Menu[], transaction: Transaction, state: EditorState): Suggestion | null => {
  const { $head, empty } = state.selection
  if (!empty || $head.depth !== 1 || !isTyped(transaction, $head.pos)) return null
  const before = textOf($head.parent, 0, $head.parentOffset)
  const after = textOf($head.parent, $head.parentOffset, $head.parent.content.size)
  const menu = menus.find(({ trigger }) => before.endsWith(trigger))
  if (!menu?.opens({ before: before.slice(0, -1), after, block: $head.parent })) return null
  return read(menu, { from: $head.pos - 1, to: $head.pos }, state, null)
}

/** Typed, not pasted, dropped, undone or written by a colleague. */
const isTyped = (transaction: Transaction, caret: number): boolean => {
  const [step, ...others] = transaction.steps
  return (
    step instanceof ReplaceStep &&
    others.length === 0 &&
    transaction.getMeta(FROM_BODY) !== true &&
    transaction.getMeta('uiEvent') === undefined &&
    step.slice.content.childCount === 1 &&
    step.slice.content.firstChild?.isText === true &&
    step.from + step.slice.size === caret
  )
}

/** Whether the open menu still stands after a transaction, and with which query. */
const follow = (open: Suggestion, transaction: Transaction, state: EditorState): Suggestion | null => {
  const { $head, empty } = state.selection
  const { menu, typed } = open
  if (!empty || $head.depth !== 1) return null
  // What a colleague does may replace the whole block; then it counts that the same words stand before the caret.
  const isForeign = transaction.getMeta(FROM_BODY) === true
  const from = isForeign ? $head.pos - (typed.to - typed.from) : transaction.mapping.map(typed.from, -1)
  if (from < $head.start() || (!transaction.docChanged && $head.pos > typed.to)) return null
  const text = textOf($head.parent, from - $head.start(), $head.parentOffset)
  if (isForeign ? text !== menu.trigger + open.query : !text.startsWith(menu.trigger)) return null
  return read(menu, { from, to: $head.pos }, state, open)
}

const read = (menu: Menu, typed: Range, state: EditorState, before: Suggestion | null): Suggestion | null => {
  const $to = state.doc.resolve(typed.to)
  const query = textOf($to.parent, typed.from - $to.start() + 1, $to.parentOffset)
  const choices = query.includes(ATOM) ? null : menu.choices(query, state, typed)
  if (choices === null) return null
  const chosen = before?.query === query ? before.choices[before.active]?.id : undefined
  const kept = choices.findIndex(({ id }) => id === chosen)
  return { menu, typed, query, choices, active: kept >= 0 ? kept : choices.findIndex(({ asksFirst }) => asksFirst !== true) }
}

const ATOM = '\ufffc'

const textOf = (block: Node, from: number, to: number): string => block.textBetween(from, to, '', ATOM)
