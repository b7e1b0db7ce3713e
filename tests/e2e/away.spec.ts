import type { Page } from '@playwright/test'
import { expect, type Person, readyForOffline, script, syncStatus, test, title, words } from './stage.ts'

test.use({ sharesServer: true })

const bar = (page: Page) => page.getByRole('region', { name: 'While you were away' })
const marks = (page: Page) => script(page).locator('.marked-block')
const synced = (page: Page) => expect(syncStatus(page)).toContainText('Synced')
const leave = async (page: Page) => {
  await page.getByRole('link', { name: 'stet, all dispatches' }).click()
  await expect(page.getByRole('heading', { name: 'Dispatches', level: 1 })).toBeVisible()
}
const linkTo = (page: Page, address: string) => page.locator(`a[href="${new URL(address).pathname}"]`)
const comeBack = async (page: Page, address: string, last: string) => {
  await linkTo(page, address).click()
  await expect(script(page)).toContainText(last)
  await synced(page)
}

/** Ada has written three turns, and both have seen them. */
const bothHaveSeen = async (person: Person, bosBrowserHas?: 'service worker') => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await title(ada).fill('The lamp')
  await script(ada).click()
  for (const turn of ['The first turn.', 'The second turn.', 'The third turn.']) {
    await ada.keyboard.type(turn)
    if (!turn.includes('third')) await ada.keyboard.press('Enter')
  }
  await synced(ada)
  const bo = await person('Bo', 'editor', bosBrowserHas)
  await linkTo(bo, ada.url()).click()
  await expect(script(bo)).toContainText('The third turn.')
  await synced(bo)
  return [ada, bo, ada.url()] as const
}
const typeAtEndOf = async (page: Page, turn: string, text: string) => {
  await script(page).getByText(turn).click()
  await page.keyboard.press('End')
  for (const [nth, part] of text.split('\n').entries()) {
    if (nth > 0) await page.keyboard.press('Enter')
    await page.keyboard.type(part)
  }
}

test('H8, H9: who comes back is told what others did, and goes through it with one key', async ({ person }) => {
  const [ada, bo, address] = await bothHaveSeen(person)
  await leave(bo)
  await typeAtEndOf(ada, 'The first turn.', ' More.')
  await typeAtEndOf(ada, 'The third turn.', '\nA fourth turn.')
  await synced(ada)

  await comeBack(bo, address, 'A fourth turn.')
  await expect(bar(bo)).toContainText(/While you were away, since \d\d:\d\d: Ada changed 1 turn and added 1 turn\./)
  await expect(marks(bo)).toHaveText([/The first turn\. More\./, /A fourth turn\./])

  await bo.keyboard.press('Control+Alt+KeyN')
  await expect(bar(bo)).toContainText('Change 1 of 2, by Ada.')
  await expect(script(bo)).toBeFocused()
  await bo.keyboard.press('Control+Alt+KeyN')
  await expect(bar(bo)).toContainText('Change 2 of 2, by Ada.')
  await expect(marks(bo)).toHaveText([/A fourth turn\./])
  // The caret is where the change is.
  await bo.keyboard.type('So: ')
  await expect.poll(() => words(ada)).toContain('So: A fourth turn.')

  await bar(bo).getByRole('button', { name: 'Show' }).click()
  const shown = bo.getByRole('region', { name: 'History' })
  await expect(shown.getByRole('heading', { name: 'While you were away' })).toBeFocused()
  await expect(shown.getByRole('article').first().locator('ins')).toContainText('Inserted: More.')
  await expect(shown.getByRole('article').first()).toContainText('by Ada')
  await expect(shown.getByRole('article').nth(1)).toContainText('added')

  await bo.keyboard.press('Control+Alt+KeyN')
  await expect(bar(bo)).toHaveCount(0)
  await expect(marks(bo)).toHaveCount(0)
  await synced(bo)
  await bo.reload()
  await expect(script(bo)).toContainText('So: A fourth turn.')
  await synced(bo)
  await expect(bo.getByRole('tab', { name: 'History' })).toBeVisible()
  await expect(bar(bo)).toHaveCount(0)
})

test('H8: what one wrote oneself without a network is not told as news; what is not dismissed is told again', async ({
  person,
}) => {
  const [ada, bo, address] = await bothHaveSeen(person, 'service worker')
  await readyForOffline(bo)
  await bo.context().setOffline(true)
  await typeAtEndOf(bo, 'The first turn.', ' By Bo.')
  await typeAtEndOf(bo, 'The second turn.', ' Also by Bo.')
  await expect(syncStatus(bo)).toContainText('not sent')
  await leave(bo)
  await typeAtEndOf(ada, 'The third turn.', ' By Ada.')
  await synced(ada)
  await bo.context().setOffline(false)
  await comeBack(bo, address, 'By Ada.')
  await expect.poll(() => words(bo)).toBe('The first turn. By Bo.The second turn. Also by Bo.The third turn. By Ada.')
  await expect(bar(bo)).toContainText('Ada changed 1 turn.')
  await expect(marks(bo)).toHaveText([/By Ada\./])

  await leave(bo)
  await comeBack(bo, address, 'By Ada.')
  await expect(bar(bo)).toContainText('Ada changed 1 turn.')
  await bar(bo).getByRole('button', { name: 'Dismiss' }).click()
  await expect(marks(bo)).toHaveCount(0)
  await synced(bo)

  // Ada, who was there all the time, and wrote the rest herself, finds nothing new but what came after she left.
  await expect(script(ada)).toContainText('Also by Bo.')
  await leave(ada)
  await comeBack(ada, address, 'Also by Bo.')
  await expect(ada.getByRole('tab', { name: 'History' })).toBeVisible()
  await expect(bar(ada)).toHaveCount(0)
})
