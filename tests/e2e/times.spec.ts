import type { Page } from '@playwright/test'
import { expect, readyForOffline, script, syncStatus, test } from './stage.ts'

test.use({ sharesServer: true })

const times = (page: Page) => page.getByRole('region', { name: 'Times', exact: true })
const starts = (page: Page) => script(page).getByRole('button', { name: /^Start / })
const startDialog = (page: Page) => page.getByRole('dialog', { name: 'Start' })

test('T5: the start of a turn is unlocked, recorded between those around it, and taken back, by mouse and by keys', async ({
  personAt,
  newSample,
}) => {
  const ada = await personAt(await newSample(), 'Ada')
  const second = starts(ada).nth(2)
  await expect(second).toHaveAccessibleName('Start 0:15, recorded')

  await second.click()
  await startDialog(ada).getByRole('button', { name: 'Unlock' }).click()
  await expect(second).toHaveAccessibleName(/^Start 0:1\d, estimated$/)

  await script(ada).getByText('I would like to be fair').click()
  await ada.keyboard.press('Control+Alt+s')
  await startDialog(ada).getByLabel('Starts at').fill('0:45')
  await ada.keyboard.press('Enter')
  await expect(startDialog(ada)).toContainText('What follows is recorded at 0:28: it cannot start later.')
  await startDialog(ada).getByLabel('Starts at').fill('0:16')
  await ada.keyboard.press('Enter')
  await expect(startDialog(ada)).toBeHidden()
  await expect(second).toHaveAccessibleName('Start 0:16, recorded')

  await expect(script(ada)).toBeFocused()
  await ada.keyboard.press('Control+z')
  await expect(second).toHaveAccessibleName(/estimated$/)
})

test('T8: times stand beside the turns one looks at, wherever one goes, and no turn changes its height by that', async ({
  person,
}) => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  const lines = Array.from({ length: 120 }, (_, nth) => `<div class="turn">Turn ${nth + 1} of many</div>`)
  await ada.evaluate((html) => {
    const data = new DataTransfer()
    data.setData('text/html', html)
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, lines.join(''))

  const turn = (nth: number) =>
    script(ada)
      .locator('.turn')
      .filter({ hasText: `Turn ${nth} of many` })
  const height = () => script(ada).evaluate((box) => box.scrollHeight)
  await turn(120).scrollIntoViewIfNeeded()
  await expect(turn(120).locator('time')).toHaveText(/^\d+:\d\d$/)
  await expect(turn(1).locator('.margin')).toHaveCount(0)
  expect(await turn(1).ariaSnapshot()).toContain('Ada')
  const whole = await height()

  await turn(1).scrollIntoViewIfNeeded()
  await expect(turn(1).locator('time')).toHaveText('0:00')
  await expect(turn(120).locator('.margin')).toHaveCount(0)
  expect(await height()).toBe(whole)
})

test('T5, T6: total, shares and the distance to the target are in view and follow what is typed, for a viewer too, who has nothing to press', async ({
  personAt,
  newSample,
}) => {
  const address = await newSample()
  const [ada, bo] = [await personAt(address, 'Ada'), await personAt(address, 'Bo', 'viewer')]
  await expect(times(bo).getByRole('list', { name: 'Shares' }).getByRole('listitem')).toHaveText(['orrin 54 %', 'pell 46 %'])
  await expect(script(bo).getByText('0:15', { exact: true })).toBeVisible()
  await expect(starts(bo)).toHaveCount(0)
  await expect(script(bo).getByRole('button')).toHaveCount(0)

  await times(ada).getByRole('button').click()
  await ada.getByRole('dialog', { name: 'Times' }).getByLabel('Target length').fill('4:00')
  await ada.keyboard.press('Escape')
  for (const page of [ada, bo]) await expect(times(page).getByRole('button')).toHaveText(/^3:\d\d\s?of 4:00\s?0:\d\d under$/)

  await script(ada).locator('.turn p').last().click()
  await ada.keyboard.press('End')
  await ada.keyboard.insertText(' And then there is this to say about it.'.repeat(30))
  for (const page of [ada, bo]) await expect(times(page).getByRole('button')).toHaveText(/^4:\d\d\s?of 4:00\s?0:\d\d over$/)
})

test('T3: a new dispatch is timed by the paces that others have recorded, without a network too', async ({ person }) => {
  const ada = await person('Ada', 'editor', 'service worker')
  await readyForOffline(ada)
  await ada.context().setOffline(true)
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('A few words to be timed.')
  const pace = async () => {
    await times(ada).getByRole('button').click()
    const row = ada.getByRole('dialog', { name: 'Times' }).getByRole('row').nth(1)
    const text = await row.getByRole('cell').last().textContent()
    await ada.keyboard.press('Escape')
    return text
  }
  expect(await pace()).toBe('17.0')
  await ada.getByRole('tab', { name: 'Speakers' }).click()
  await ada.getByLabel('Speaker name').fill('orrin')
  await expect.poll(pace).not.toBe('17.0')
  await ada.context().setOffline(false)
  await expect(syncStatus(ada)).toContainText('Synced')
})
