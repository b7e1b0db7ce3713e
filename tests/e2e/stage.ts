import { type APIRequestContext, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { HumanRole } from '@stet/schema/contract/people'
import { readSample } from '../../apps/sync-server/src/sample/sample.ts'
import { createDispatch, deskAddress } from './by-request.ts'
import { type RunningServer, startServer } from './running-server.ts'

export type Person = (name: string, role?: HumanRole, has?: 'service worker') => Promise<Page>
export type PersonAt = (address: string, name: string, role?: HumanRole) => Promise<Page>

/** A server, and who runs it, signed in without a browser. */
type Standing = { server: RunningServer; owner: APIRequestContext; end: () => Promise<void> }

/** What every end-to-end test stands on: a server, and people who come in by a sign-in link. */
type Stage = {
  /** How the desk is called: passkeys want a name. */
  host: string
  /**
   * Whether the server is one for all tests of a worker: for those that write in dispatches of their own and look at nothing else
   * that is on it. Who looks at the whole of a server, stops it or changes the show has one to themselves.
   */
  sharesServer: boolean
  standing: Standing
  server: RunningServer
  owner: APIRequestContext
  /** The address of a dispatch like the sample, for one test alone. */
  newSample: () => Promise<string>
  /** A browser profile that knows nobody yet. */
  profile: (has?: 'service worker') => Promise<BrowserContext>
  /** Signs a page in and takes it to the list of dispatches, or straight to an address. */
  signIn: (page: Page, name: string, role?: HumanRole, to?: string) => Promise<Page>
  /**
   * A person in a browser profile of their own, signed in, at the list of dispatches. Only who is to reload without a network has
   * the service worker: it fetches the whole desk anew for each profile, a fifth of what a test costs.
   */
  person: Person
  /** The same, but they come straight to an address: the desk is loaded once and not twice. */
  personAt: PersonAt
}
type Shared = { sharedStanding: () => Promise<Standing> }

type Requests = { newContext: (options: { baseURL: string }) => Promise<APIRequestContext> }

const stand = async (request: Requests, host?: string): Promise<Standing> => {
  const server = await startServer(host)
  const owner = await request.newContext({ baseURL: server.url })
  const code = new URL(server.ownerLink).hash.slice(1)
  await expect(await owner.post('/api/session', { data: { code, name: 'Who runs it' } })).toBeOK()
  const end = async () => {
    await owner.dispose()
    await server.stop()
  }
  return { server, owner, end }
}

export const test = base.extend<Stage, Shared>({
  host: ['127.0.0.1', { option: true }],
  sharesServer: [false, { option: true }],
  sharedStanding: [
    async ({ playwright }, use) => {
      const started: Promise<Standing>[] = []
      await use(() => {
        const standing = started[0] ?? stand(playwright.request)
        started[0] = standing
        return standing
      })
      for (const standing of started) await (await standing).end()
    },
    { scope: 'worker' },
  ],
  standing: async ({ host, sharesServer, sharedStanding, playwright }, use) => {
    if (sharesServer) return use(await sharedStanding())
    const own = await stand(playwright.request, host)
    await use(own)
    await own.end()
  },
  server: ({ standing }, use) => use(standing.server),
  owner: ({ standing }, use) => use(standing.owner),
  newSample: ({ server, owner }, use) => use(async () => deskAddress(server, await createDispatch(owner, await readSample()))),
  signIn: ({ server, owner }, use) =>
    use(async (page, name, role = 'publisher', to) => {
      const link = await owner.post('/api/links', { data: { role } })
      const code = new URL((await link.json()).url).hash.slice(1)
      // As the page of the link does; `people.spec.ts` goes through that page.
      await expect(await page.context().request.post(`${server.url}/api/session`, { data: { code, name } })).toBeOK()
      await page.goto(to ?? `${server.url}/desk/`)
      if (to === undefined) await expect(page.getByRole('heading', { name: 'Dispatches', level: 1 })).toBeVisible()
      return page
    }),
  profile: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (has) => {
      const context = await browser.newContext({ serviceWorkers: has === 'service worker' ? 'allow' : 'block' })
      contexts.push(context)
      return context
    })
    for (const context of contexts) await context.close()
  },
  person: ({ profile, signIn }, use) => use(async (name, role, has) => signIn(await (await profile(has)).newPage(), name, role)),
  personAt: ({ profile, signIn }, use) =>
    use(async (address, name, role) => signIn(await (await profile()).newPage(), name, role, address)),
})

export { expect }

export const script = (page: Page) => page.getByRole('textbox', { name: 'Script', exact: true })
export const title = (page: Page) => page.getByRole('textbox', { name: 'Title', exact: true })
export const summary = (page: Page) => page.getByRole('textbox', { name: 'Summary', exact: true })
/** The words of the script alone, without margins and carets of others. */
export const words = (page: Page) =>
  script(page).evaluate((box) => {
    const copy = box.cloneNode(true) as HTMLElement
    for (const beside of copy.querySelectorAll('.margin, .others-caret, .cite-number')) beside.remove()
    return copy.textContent
  })
export const syncStatus = (page: Page) => page.getByRole('status', { name: 'Sync status' })

/** The desk's service worker is in charge, so the desk opens without a network from now on. */
export const readyForOffline = async (page: Page) => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null)
      await new Promise((taken) => navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true }))
  })
}
