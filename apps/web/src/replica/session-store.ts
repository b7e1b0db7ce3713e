import type { ApiClient, Outcome } from '@stet/schema/contract/client'
import type { Person } from '@stet/schema/contract/people'
import type { Site } from '@stet/schema/revision'
import { newShow, type Show } from '@stet/schema/show'
import type { DeskDatabase } from './database.ts'
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
  readonly signIn: (code: string, name: string) => Promise<Outcome<unknown>>
}

/** The show's settings as this device knows them. */
export const showNow = ({ session }: SessionStore): Show => {
  const now = session.get()
  return now.state === 'somebody' ? now.show : newShow('')
}

export const openSessionStore = async (db: DeskDatabase | null, api: ApiClient): Promise<SessionStore> => {
  const kept = await db?.get('session', 'session').catch(() => undefined)
  const session = createFeed<Session>(
    kept
      ? { state: 'somebody', ...kept, show: { ...newShow(kept.site.name), ...kept.show }, signedIn: true }
      : { state: 'asking' },
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
      const same =
        now.state === 'somebody' &&
        now.signedIn &&
        JSON.stringify([now.person, now.site, now.show]) === JSON.stringify([person, site, show])
      if (!same) session.set({ state: 'somebody', person, site, show, signedIn: true })
      await db?.put('session', { person, site, show }, 'session').catch(() => undefined)
    } else if (answer.fault === 'refused' && answer.problem.status === 401) {
      if (now.state === 'somebody') session.set({ ...now, signedIn: false })
      else session.set({ state: 'nobody', because: 'signed out' })
    } else if (now.state === 'asking') session.set({ state: 'nobody', because: 'unreachable' })
  }

  return {
    session,
    signedIn,
    refresh,
    signIn: async (code, name) => {
      const answer = await api('signIn', { body: { code, name } })
      if (answer.ok) await refresh()
      return answer
    },
  }
}
