import type { Page } from '@playwright/test'
import { expect, readyForOffline, script, syncStatus, test } from './stage.ts'

test.use({ sharesServer: true })

const stage = (page: Page) => page.getByRole('region', { name: 'Script', exact: true })
const line = (page: Page, text: string) => stage(page).getByRole('listitem').filter({ hasText: text })
const reading = (page: Page) => stage(page).locator('[aria-current="true"]')
const waits = (page: Page) => page.getByRole('status').filter({ hasText: 'A change waits' })
const prompterOf = (address: string) => `${address}/prompter`
/** It has read the script: before that there is nothing to roll. */
const prompterStands = (page: Page) => expect(reading(page)).toBeAttached()
const openPrompter = async (page: Page, address: string) => {
  await page.goto(prompterOf(address))
  await prompterStands(page)
}
const turns = ['The lamp was out.', 'For nine nights.', 'The keeper wrote it down.']

const writeTurns = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'New dispatch' }).click()
  await script(page).click()
  for (const [index, turn] of turns.entries()) {
    if (index > 0) await page.keyboard.press('Enter')
    await page.keyboard.type(turn)
  }
  await expect(syncStatus(page)).toContainText('Synced')
  return page.url()
}

test('N1: what the co-host writes shows at once, except in the turn being read, which waits until it is left', async ({
  person,
  personAt,
}) => {
  const bo = await person('Bo')
  const ada = await personAt(prompterOf(await writeTurns(bo)), 'Ada')
  await prompterStands(ada)
  await expect(reading(ada)).toContainText('The lamp was out.')
  await ada.keyboard.press('ArrowDown')
  await expect(reading(ada)).toContainText('For nine nights.')
  const readOn = () => stage(ada).evaluate((element) => element.scrollBy(0, 17))
  await readOn()
  const heightOfReading = () => reading(ada).evaluate((element) => Math.round(element.getBoundingClientRect().top))
  const height = await heightOfReading()

  await script(bo).getByText('The lamp was out.').click()
  await bo.keyboard.press('End')
  await bo.keyboard.type(' Quite out, said everyone who had stood on the pier and looked for it until the morning came.')
  await expect(line(ada, 'until the morning came.')).toBeAttached()
  expect(await heightOfReading()).toBe(height)
  await expect(waits(ada)).toHaveCount(0)

  await script(bo).getByText('For nine nights.').click()
  await bo.keyboard.press('End')
  await bo.keyboard.type(' Or ten.')
  await expect(waits(ada)).toBeVisible()
  await expect(reading(ada)).not.toContainText('Or ten.')

  await ada.keyboard.press('ArrowDown')
  await expect(reading(ada)).toContainText('The keeper wrote it down.')
  await readOn()
  await expect(line(ada, 'For nine nights. Or ten.')).toBeAttached()
  await expect(waits(ada)).toHaveCount(0)
  expect(await heightOfReading()).toBe(height)

  await script(bo).getByText('The keeper').click()
  await bo.keyboard.press('Home')
  await bo.keyboard.insertText('Then ')
  await expect(waits(ada)).toBeVisible()
  await ada.keyboard.press('t')
  await expect(reading(ada)).toContainText('Then The keeper')
  await expect(waits(ada)).toHaveCount(0)
})

test('N2: the prompter rolls and stops by keyboard, remembers its settings, works without a network and is left by Escape', async ({
  person,
}) => {
  const ada = await person('Ada', 'editor', 'service worker')
  const address = await writeTurns(ada)
  // It has minutes to roll, so that it is not at its end before one has looked.
  await ada.keyboard.insertText(' And so it went on.'.repeat(100))
  await expect(syncStatus(ada)).toContainText('Synced')
  await readyForOffline(ada)
  await ada.context().setOffline(true)
  await openPrompter(ada, address)
  const place = () => stage(ada).evaluate((element) => element.scrollTop)
  await ada.keyboard.press(' ')
  await expect(ada.getByRole('button', { name: 'Pause' })).toBeAttached()
  await expect.poll(place).toBeGreaterThan(20)
  await ada.keyboard.press(' ')
  await expect(ada.getByRole('button', { name: 'Start' })).toBeVisible()

  await ada.keyboard.press('.')
  await ada.keyboard.press('m')
  await ada.keyboard.press('d')
  const speed = await ada.getByLabel('Speed').textContent()
  await ada.reload()
  await expect(ada.getByLabel('Speed')).toHaveText(speed ?? '')
  await expect(ada.locator('[data-mirrored="true"]')).toBeVisible()
  await ada.getByRole('button', { name: 'Settings' }).click()
  await expect(ada.getByRole('checkbox', { name: 'Dark on light' })).toBeChecked()
  await ada.keyboard.press('Escape')
  await expect(ada.getByRole('dialog')).toHaveCount(0)

  await ada.keyboard.press('Escape')
  await expect(script(ada)).toContainText('The lamp was out.')
  expect(ada.url()).toBe(address)
})

test('N2: where motion is not wanted, it goes from turn to turn', async ({ person }) => {
  const ada = await person('Ada')
  await ada.emulateMedia({ reducedMotion: 'reduce' })
  const address = await writeTurns(ada)
  await openPrompter(ada, address)
  const read = await stage(ada).evaluateHandle((element) => {
    const lines = new Set<string>()
    const note = () => lines.add(element.querySelector('[aria-current="true"] p')?.textContent ?? '')
    new MutationObserver(note).observe(element, { subtree: true, attributeFilter: ['aria-current'] })
    note()
    return lines
  })
  await ada.keyboard.press(' ')
  await expect.poll(() => read.evaluate((lines) => [...lines])).toEqual(turns)
  await expect(ada.getByRole('button', { name: 'Start' })).toBeVisible()
})
