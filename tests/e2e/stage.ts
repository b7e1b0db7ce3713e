import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { HumanRole } from '@stet/schema/contract/people'
import { type RunningServer, startServer } from './running-server.ts'

export type Person = (name: string, role?: HumanRole, has?: 'service worker') => Promise<Page>

/** What every end-to-end test stands on: a server of its own, and people who come in by a sign-in link. */
type Stage = {
  /** How the desk is called: passkeys want a name. */
  host: string
  server: RunningServer
  signIn: (page: Page, name: string, role?: HumanRole) => Promise<Page>
  /**
   * A person in a browser profile of their own, signed in, at the list of dispatches. Only who is to reload without a network has
   * the service worker: it fetches the whole desk anew for each profile, a fifth of what a test costs.
   */
  person: Person
}

export const test = base.extend<Stage>({
  host: ['127.0.0.1', { option: true }],
  server: async ({ host }, use) => {
    const server = await startServer(host)
    await use(server)
    await server.stop()
  },
  signIn: async ({ server, playwright }, use) => {
    const owner = await playwright.request.newContext({ baseURL: server.url })
    const code = new URL(server.ownerLink).hash.slice(1)
    await expect(await owner.post('/api/session', { data: { code, name: 'Who runs it' } })).toBeOK()
    await use(async (page, name, role = 'publisher') => {
      const link = await owner.post('/api/links', { data: { role } })
      const code = new URL((await link.json()).url).hash.slice(1)
      // As the page of the link does; `people.spec.ts` goes through that page.
      await expect(await page.context().request.post(`${server.url}/api/session`, { data: { code, name } })).toBeOK()
      await page.goto(`${server.url}/desk/`)
      await expect(page.getByRole('heading', { name: 'Dispatches', level: 1 })).toBeVisible()
      return page
    })
    await owner.dispose()
  },
  person: async ({ browser, signIn }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (name, role, has) => {
      const context = await browser.newContext({ serviceWorkers: has === 'service worker' ? 'allow' : 'block' })
      contexts.push(context)
      return signIn(await context.newPage(), name, role)
    })
    for (const context of contexts) await context.close()
  },
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
