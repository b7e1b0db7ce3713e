import type { ApiClient } from '@stet/schema/contract/client'
import type { Person } from '@stet/schema/contract/people'
import type { Site } from '@stet/schema/revision'
import { newShow, type Show } from '@stet/schema/show'
import type { Device } from './device.ts'
import { createFeed, type Feed } from './feed.ts'

/**
 * Who sits at this desk. The last answer of the server is kept, so that the desk opens without a network; `signedIn`
 * is false only when the server said so.
 */
export type Session =
  | { readonly state: 'asking' }
  | { readonly state: 'nobody'; readonly because: 'signed out' | 'unreachable' }
  | { readonly state: 'somebody'; readonly person: Person; readonly site: Site; readonly show: Show; readonly signedIn: boolean }

export type SessionStore = {
  readonly session: Feed<Session>
  readonly signedIn: Feed<boolean>
  readonly refresh: () => Promise<void>
  /** Somebody has signed in: the desk begins anew, with their copies alone. */
  readonly come: (page?: string) => Promise<void>
  /** Signs out and leaves nothing of this person on the device. False: the server could not be told, and nothing was done. */
  readonly leave: () => Promise<boolean>
}

/** The show's settings as this device knows them. */
export const showNow = ({ session }: SessionStore): Show => {
  const now = session.get()
  return now.state === 'somebody' ? now.show : newShow('')
}

type Needs = {
  readonly device: Device
  readonly api: ApiClient
  /** Opens a page of the desk from its beginning, null for this one: whose copies are open is settled there. */
  readonly go: (page: string | null) => void
  /** Lets go of the copies that are open. */
  readonly closeCopies: () => void
}

const LIST = '/desk/'

export const createSessionStore = ({ device, api, go, closeCopies }: Needs): SessionStore => {
  const kept = device.sitting
  const session = createFeed<Session>(
    kept === null
      ? { state: 'asking' }
      : {
          state: 'somebody',
          person: kept.person,
          site: kept.site,
          show: { ...newShow(kept.site.name), ...kept.show },
          signedIn: true,
        },
  )
  const signedIn = createFeed(true)
  session.subscribe(() => {
    const now = session.get()
    signedIn.set(now.state === 'somebody' && now.signedIn)
  })

  const refresh = async () => {
    const answer = await api('getSession')
    const now = session.get()
    if (answer.ok) {
      const { person, site, show } = answer.value
      const isAnother = device.sitting?.person.id !== person.id
      await device.keep({ person, site, show })
      if (isAnother) return go(null)
      const same =
        now.state === 'somebody' &&
        now.signedIn &&
        JSON.stringify([now.person, now.site, now.show]) === JSON.stringify([person, site, show])
      if (!same) session.set({ state: 'somebody', person, site, show, signedIn: true })
    } else if (answer.fault === 'refused' && answer.problem.status === 401) {
      if (now.state === 'somebody') session.set({ ...now, signedIn: false })
      else session.set({ state: 'nobody', because: 'signed out' })
    } else if (now.state === 'asking') session.set({ state: 'nobody', because: 'unreachable' })
  }

  return {
    session,
    signedIn,
    refresh,
    come: async (page = LIST) => {
      const answer = await api('getSession')
      if (answer.ok) await device.keep(answer.value)
      go(page)
    },
    leave: async () => {
      const answer = await api('signOut')
      // 401: somebody has ended this session already.
      if (!answer.ok && !(answer.fault === 'refused' && answer.problem.status === 401)) return false
      closeCopies()
      await device.forget()
      go(LIST)
      return true
    },
  }
}
