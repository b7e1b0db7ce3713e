/**
 * `npm run pictures`: photographs every screen with the sample dispatch into docs/pictures. README shows desk.png.
 * Run `npm run build` first when the desk has changed.
 */
import { mkdirSync } from 'node:fs'
import { chromium, type Locator, type Page } from '@playwright/test'
import findBrowser from '../e2e/find-browser.ts'
import { startServer } from '../e2e/running-server.ts'

await findBrowser()
const folder = 'docs/pictures'
mkdirSync(folder, { recursive: true })
const server = await startServer()
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  ...(process.env['STET_CHROMIUM'] ? { executablePath: process.env['STET_CHROMIUM'] } : {}),
})

const person = async (name: string, role: string): Promise<Page> => {
  const page = await (await browser.newContext({ viewport: { width: 1360, height: 860 } })).newPage()
  await page.goto((await server.command('link', 'create', '--role', role)).trim())
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Dispatches', level: 1 }).waitFor()
  return page
}
/** Of its last line. */
const toTheEndOf = async (turn: Locator) => {
  await turn.click({ position: { x: 40, y: ((await turn.boundingBox())?.height ?? 20) - 10 } })
  await turn.page().keyboard.press('End')
}
const shoot = async (page: Page, name: string, fullPage = false) => {
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage, animations: 'disabled' })
}

try {
  await server.bot('publish', '001')
  const ilse = await person('Ilse', 'owner')
  await shoot(ilse, 'library')
  const tomas = await person('Tomas', 'editor')
  for (const page of [ilse, tomas]) {
    await page.getByRole('link', { name: /^001/ }).click()
    await page.getByRole('textbox', { name: 'Script', exact: true }).waitFor()
  }
  await toTheEndOf(tomas.locator('.script .turn p').nth(1))
  await ilse.locator('.others-caret').waitFor()
  await ilse.getByRole('status', { name: 'Sync status' }).getByText('Synced').waitFor()
  await shoot(ilse, 'desk')
  await ilse.emulateMedia({ colorScheme: 'dark' })
  await shoot(ilse, 'desk-dark')
  await ilse.setViewportSize({ width: 360, height: 780 })
  await shoot(ilse, 'desk-phone-dark')
  await ilse.emulateMedia({ colorScheme: 'light' })
  await shoot(ilse, 'desk-phone')
  await ilse.setViewportSize({ width: 1360, height: 860 })
  await ilse.getByRole('region', { name: 'Sources' }).getByRole('button', { name: 'Edit' }).first().click()
  await shoot(ilse, 'sources')
  await tomas.keyboard.type(' That is what the log says, at least.')
  await ilse.getByText('That is what the log says').waitFor()
  await ilse.getByRole('tab', { name: 'History' }).click()
  await ilse.getByRole('region', { name: 'History' }).getByRole('option').first().click()
  await ilse.getByRole('region', { name: 'History' }).getByText('That is what the log says').waitFor()
  await shoot(ilse, 'history')
  await ilse.getByRole('button', { name: 'Publish…' }).click()
  await ilse.getByRole('dialog', { name: 'Publish' }).getByRole('textbox').first().waitFor()
  await shoot(ilse, 'publish')
  await ilse.keyboard.press('Escape')
  await tomas.context().setOffline(true)
  await tomas.keyboard.press('Control+Shift+Backspace')
  await toTheEndOf(ilse.locator('.script .turn p').nth(1))
  await ilse.keyboard.type(' I counted.')
  await tomas.context().setOffline(false)
  await ilse.getByRole('button', { name: 'Leave removed' }).waitFor()
  await ilse.getByRole('tab', { name: /^Removed/ }).click()
  await shoot(ilse, 'removed')
  await ilse.goto(`${ilse.url()}/prompter`)
  await ilse.getByRole('button', { name: 'Settings' }).click()
  await ilse
    .getByRole('dialog', { name: 'Prompter settings' })
    .getByRole('button', { name: /Who reads here/ })
    .click()
  await ilse.getByRole('option', { name: 'pell' }).click()
  await ilse.keyboard.press('Escape')
  await ilse.getByRole('region', { name: 'Script' }).focus()
  for (let turns = 0; turns < 3; turns++) await ilse.keyboard.press('ArrowDown')
  await shoot(ilse, 'prompter')
  await ilse.setViewportSize({ width: 780, height: 360 })
  await shoot(ilse, 'prompter-phone')
  await ilse.setViewportSize({ width: 1360, height: 860 })
  await ilse.goto(`${server.url}/dispatches/001/`)
  await shoot(ilse, 'page')
  await ilse.emulateMedia({ colorScheme: 'dark' })
  await shoot(ilse, 'page-dark')
  await ilse.setViewportSize({ width: 360, height: 780 })
  await shoot(ilse, 'page-phone-dark')
  await ilse.emulateMedia({ colorScheme: 'light' })
  await ilse.setViewportSize({ width: 1360, height: 860 })
  await ilse.goto(`${server.url}/`)
  await shoot(ilse, 'home')
  await ilse.goto(`${server.url}/desk/show`)
  const artwork = ilse.getByRole('region', { name: 'Artwork' })
  const square = await ilse.context().newPage()
  await square.setViewportSize({ width: 1_400, height: 1_400 })
  await square.setContent(
    '<body style="margin:0;display:grid;place-items:center;background:#b3321c;color:#fbfaf6;font:600 420px serif">stet</body>',
  )
  const buffer = await square.screenshot()
  await artwork.locator('input[type=file]').setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer })
  await artwork.getByRole('img', { name: 'The artwork as it stands' }).waitFor()
  await shoot(ilse, 'show')
  await ilse.setViewportSize({ width: 360, height: 780 })
  await ilse.emulateMedia({ colorScheme: 'dark' })
  await shoot(ilse, 'show-phone-dark')
} finally {
  await browser.close()
  await server.stop()
}
