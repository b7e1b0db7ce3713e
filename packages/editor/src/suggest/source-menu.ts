import type { Dispatch } from '@stet/schema/layout/open-dispatch'
import type { EditorState } from 'prosemirror-state'
import { citeRange, type Range, sentenceAround, sourcesUnder } from '../citing.ts'
import type { CommandContext } from '../command-context.ts'
import type { Choice } from './choice.ts'
import { matching } from './matching.ts'
import type { Menu } from './suggest.ts'

/** The id of the choice that makes a new source of what was typed. */
const NEW_SOURCE = '+'

/** `@` offers the sources, for the sentence that it is typed in or behind. */
export const sourceMenu = (context: () => CommandContext, addSource: (typed: string) => string): Menu => ({
  name: 'Sources',
  trigger: '@',
  // In an address or a word it is itself.
  opens: ({ before }) => !/[\p{L}\p{N}._%+-]$/u.test(before),
  choices: (query, state, typed) => {
    if (/^\s|\n/.test(query) || (query.length > 80 && !isAddress(query))) return null
    const target = targetOf(state, typed)
    const choices = sourceChoices(context().script, query, target ? sourcesUnder(state.doc, target) : new Set())
    return /\s/.test(query) && choices.length === 1 ? null : choices
  },
  target: targetOf,
  pick: ({ id }, typed) => {
    const { state, dispatch, asOneStep } = context()
    const target = targetOf(state, typed)
    const source = sourceOf(id, state.doc.textBetween(typed.from + 1, typed.to), addSource)
    asOneStep(() => {
      dispatch(state.tr.delete(typed.from, typed.to))
      if (target) citeRange(context(), source, without(target, typed))
    })
  },
})

/** The sources that a query finds by title, publisher or number, then the way to a new one. */
export const sourceChoices = (script: Dispatch, query: string, cited: ReadonlySet<string>): readonly Choice[] => {
  const prose = (id: string, field: string) => script.sources.text(id, field)?.toString().trim() ?? ''
  const sources = script.sources.list().map(({ id, fields }, index): Choice => {
    const url = String(fields.get('url') ?? '')
    return {
      id,
      lead: String(index + 1),
      name: prose(id, 'title') || url || 'Untitled source',
      detail: prose(id, 'publisher'),
      words: url,
      isOn: cited.has(id),
    }
  })
  const typed = query.trim()
  const fresh: Choice = {
    id: NEW_SOURCE,
    name: typed === '' ? 'Add a new source' : `Add “${typed}” as a source`,
    asksFirst: !isAddress(typed),
  }
  const found = matching(sources, query)
  // What has a source already needs no second one.
  return found.some(({ words }) => typed !== '' && words === typed) ? found : [...found, fresh]
}

/** The source that a choice stands for: a new one is made of what was typed. */
export const sourceOf = (choice: string, typed: string, addSource: (typed: string) => string): string =>
  choice === NEW_SOURCE ? addSource(typed) : choice

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text)

/** The sentence, as it is without what was typed into it. */
function targetOf(state: EditorState, typed: Range): Range | null {
  const { doc } = state.tr.delete(typed.from, typed.to)
  const sentence = sentenceAround(doc.resolve(typed.from))
  if (!sentence) return null
  const length = typed.to - typed.from
  return {
    from: sentence.from + (sentence.from >= typed.from ? length : 0),
    to: sentence.to + (sentence.to > typed.from ? length : 0),
  }
}

const without = ({ from, to }: Range, typed: Range): Range => {
  const length = typed.to - typed.from
  return { from: from > typed.from ? from - length : from, to: to > typed.from ? to - length : to }
}
