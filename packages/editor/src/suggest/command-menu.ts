import type { CommandContext } from '../command-context.ts'
import type { Choice } from './choice.ts'
import type { Menu } from './suggest.ts'

export type CommandList = {
  readonly choices: (query: string) => readonly Choice[]
  readonly run: (id: string) => void
}

/** `/` in an empty block offers every command of the desk. */
export const commandMenu = (context: () => CommandContext, list: CommandList): Menu => ({
  name: 'Commands',
  trigger: '/',
  opens: ({ before, after }) => before === '' && after === '',
  choices: (query) => {
    if (/^\s|\n/.test(query)) return null
    const choices = list.choices(query)
    return choices.length === 0 ? null : choices
  },
  pick: ({ id }, typed) =>
    context().asOneStep(() => {
      const { state, dispatch } = context()
      dispatch(state.tr.delete(typed.from, typed.to))
      list.run(id)
    }),
})
