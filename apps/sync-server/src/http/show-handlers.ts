import type { ShowSettings } from '../show/show-settings.ts'
import { refused } from './problem.ts'
import type { Handlers } from './serve-route.ts'

type Needs = { readonly showSettings: ShowSettings; readonly onShowChanged: () => void }

export const createShowHandlers = ({ showSettings, onShowChanged }: Needs): Pick<Handlers, 'getShow' | 'changeShow'> => ({
  getShow: () => ({ ok: true, value: showSettings.get() }),

  changeShow: ({ body: { show, seen } }) => {
    const outcome = showSettings.change(show, seen)
    if (!outcome.ok)
      return refused(
        409,
        'Somebody else has changed the settings meanwhile: load them again, then change what you meant to change',
      )
    onShowChanged()
    return { ok: true, value: { show, number: outcome.number } }
  },
})
