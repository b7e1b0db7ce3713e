import type { Page } from '@playwright/test'
import { expect, script, syncStatus, test, words } from './stage.ts'

test.use({ sharesServer: true })

const drawer = (page: Page) => page.getByRole('region', { name: 'Removed turns' })
const tab = (page: Page) => page.getByRole('tab', { name: /^Removed/ })
const changed = (page: Page) => page.getByRole('status').filter({ hasText: 'its words were changed meanwhile' })
const removeTurn = async (page: Page, text: string) => {
  await script(page).getByText(text).click()
  await page.keyboard.press('Control+Shift+Backspace')
  await expect(script(page).getByText(text)).toHaveCount(0)
}

test('B5: a removed turn is offered back at once, waits in the drawer, and returns to its place with one key', async ({
  person,
}) => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('The first turn.')
  await ada.keyboard.press('Enter')
  await ada.keyboard.type('The second turn.')
  await ada.keyboard.press('Enter')
  await ada.keyboard.type('The third turn.')
  const whole = await words(ada)

  await removeTurn(ada, 'The second turn.')
  const line = ada.getByRole('status').filter({ hasText: 'Turn removed.' })
  await line.getByRole('button', { name: /^Undo/ }).click()
  await expect.poll(() => words(ada)).toBe(whole)
  await expect(line).toHaveCount(0)

  await removeTurn(ada, 'The second turn.')
  await expect(tab(ada)).toContainText('1')
  await ada.keyboard.press('Control+Alt+KeyZ')
  const row = drawer(ada).getByRole('article')
  await expect(row).toContainText('The second turn.')
  await expect(row).toContainText('Removed by Ada · just now')
  await expect(row).toContainText('“The first turn.”')
  await expect(row.getByRole('button', { name: 'Put back' })).toBeFocused()
  await ada.keyboard.press('Enter')
  await expect.poll(() => words(ada)).toBe(whole)
  await expect(script(ada)).toBeFocused()
  await expect(ada.getByRole('status').filter({ hasText: 'Turn put back.' })).toBeVisible()
  await ada.keyboard.press('Control+z')
  await expect(row).toContainText('The second turn.')
})

test('B5: a turn that a colleague changed while it was removed is flagged to both, and one answer settles it for both', async ({
  person,
  personAt,
}) => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  for (const turn of ['The lamp was out.', 'For nine nights.', 'The keeper wrote it down.']) {
    await ada.keyboard.type(turn)
    if (!turn.startsWith('The keeper')) await ada.keyboard.press('Enter')
  }
  await expect(syncStatus(ada)).toContainText('Synced')
  const bo = await personAt(ada.url(), 'Bo')
  await expect(script(bo)).toContainText('The keeper wrote it down.')
  const whole = await words(bo)

  const apart = async (removed: string, at: string, typed: string) => {
    await ada.context().setOffline(true)
    await removeTurn(ada, removed)
    await script(bo).getByText(at).click()
    await bo.keyboard.press('End')
    await bo.keyboard.type(typed)
    await expect(syncStatus(bo)).toContainText('Synced')
    await ada.context().setOffline(false)
    for (const page of [ada, bo]) {
      await expect(changed(page)).toContainText('Ada removed')
      await expect(changed(page)).toContainText(at + typed)
    }
  }

  await apart('For nine nights.', 'For nine nights.', ' Or ten.')
  await bo.getByRole('button', { name: 'Leave removed' }).click()
  for (const page of [ada, bo]) await expect(changed(page)).toHaveCount(0)
  await tab(ada).click()
  await expect(drawer(ada).getByRole('article')).toContainText('For nine nights. Or ten.')
  await expect(drawer(ada).getByRole('article')).toContainText('Removed by Bo')
  await drawer(ada).getByRole('button', { name: 'Put back' }).click()

  await apart('The lamp was out.', 'The lamp was out.', ' Quite out.')
  await changed(ada).getByRole('button', { name: 'Put back' }).click()
  for (const page of [ada, bo]) {
    await expect(changed(page)).toHaveCount(0)
    await expect.poll(() => words(page)).toBe(whole?.replace('out.', 'out. Quite out.').replace('nights.', 'nights. Or ten.'))
  }
})
