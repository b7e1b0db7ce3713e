/**
 * `npm run bench:letters`: how long a letter takes from the key that one person presses to the screen of the other, with
 * the real server, two browser profiles and the log on disk in between. Floor in the same run: the same letter on the
 * writer's own screen.
 */
import { chromium, type Page } from '@playwright/test'
import findBrowser from '../e2e/find-browser.ts'
import { startServer } from '../e2e/running-server.ts'

const LETTERS = 300

await findBrowser()
const server = await startServer()
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  ...(process.env['STET_CHROMIUM'] ? { executablePath: process.env['STET_CHROMIUM'] } : {}),
})

const person = async (name: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage()
  await page.goto((await server.command('link', 'create', '--role', 'editor')).trim())
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: /^001/ }).click()
  await page.getByRole('textbox', { name: 'Script', exact: true }).waitFor()
  await page.getByRole('status', { name: 'Sync status' }).getByText('Synced').waitFor()
  return page
}

/** Notes, on the machine's clock, when the first turn has grown by each letter. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const times: number[] = []
    const turn = document.querySelector('.script .turn p')
    if (!turn) throw new Error('there is a first turn')
    const before = turn.textContent.length
    new MutationObserver(() => {
      const grown = (document.querySelector('.script .turn p')?.textContent.replace(/Ada$|Bo$/, '').length ?? 0) - before
      while (times.length < grown) times.push(performance.timeOrigin + performance.now())
    }).observe(document.querySelector('.script') as Element, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { times, keys: [] as number[] })
    addEventListener(
      'keydown',
      () => (window as unknown as { keys: number[] }).keys.push(performance.timeOrigin + performance.now()),
      true,
    )
  })

const quantile = (values: number[], q: number): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN).toFixed(1)

try {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  await ada.locator('.script .turn p').first().click()
  await ada.keyboard.press('Home')
  await bo.bringToFront()
  await watch(ada)
  await watch(bo)
  await ada.keyboard.type('x'.repeat(LETTERS), { delay: 40 })
  await bo.waitForFunction((count) => (window as unknown as { times: number[] }).times.length >= count, LETTERS)
  const keys = await ada.evaluate(() => (window as unknown as { keys: number[] }).keys)
  const [own, theirs] = await Promise.all(
    [ada, bo].map((page) => page.evaluate(() => (window as unknown as { times: number[] }).times)),
  )
  for (const [name, times = []] of [
    ['own screen (floor)', own],
    ["colleague's screen", theirs],
  ] as const) {
    const latencies = keys.map((key, index) => (times[index] ?? Number.NaN) - key)
    console.log(
      `${name}: median ${quantile(latencies, 0.5)} ms, p99 ${quantile(latencies, 0.99)} ms, ${latencies.length} letters`,
    )
  }
} finally {
  await browser.close()
  await server.stop()
}
