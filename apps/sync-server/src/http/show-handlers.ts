import type { ArtworkStore } from '../artwork/artwork-store.ts'
import type { ShowSettings } from '../show/show-settings.ts'
import { refused } from './problem.ts'
import type { Handlers } from './serve-route.ts'

type Needs = {
  readonly showSettings: ShowSettings
  readonly artwork: Pick<ArtworkStore, 'get' | 'remove'>
  readonly onShowChanged: () => void
}
type ShowHandlers = Pick<Handlers, 'getShow' | 'changeShow' | 'getArtwork' | 'removeArtwork'>

export const createShowHandlers = ({ showSettings, artwork, onShowChanged }: Needs): ShowHandlers => ({
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

  getArtwork: () => ({ ok: true, value: { artwork: artwork.get() } }),

  removeArtwork: () => {
    artwork.remove()
    onShowChanged()
    return { ok: true, value: { artwork: null } }
  },
})
