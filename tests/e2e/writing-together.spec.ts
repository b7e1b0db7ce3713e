import { expect, script, summary, syncStatus, test, title, words } from './stage.ts'

test('W1: two people write script, title, summary and sources at once, and see each other', async ({ person }) => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await expect(script(ada)).toBeVisible()
  await bo.goto(ada.url())
  await expect(script(bo)).toBeVisible()

  for (const page of [ada, bo]) {
    const here = page.getByRole('list', { name: 'Here now' })
    await expect(here).toContainText('Ada')
    await expect(here).toContainText('Bo')
  }

  await script(ada).click()
  await ada.keyboard.type('First words by Ada.')
  await expect(script(bo)).toContainText('First words by Ada.')
  await expect(script(bo).locator('.others-caret')).toHaveText('Ada')

  await script(bo).getByText('First words').click()
  await bo.keyboard.press('End')
  await Promise.all([bo.keyboard.type(' And Bo goes on.'), title(ada).fill('A title from Ada')])
  await summary(bo).fill('A summary from Bo')
  await expect.poll(() => words(ada)).toBe('First words by Ada. And Bo goes on.')
  await expect(title(bo)).toHaveValue('A title from Ada')
  await expect(summary(ada)).toHaveValue('A summary from Bo')

  await bo.getByRole('button', { name: 'Add source' }).click()
  await bo.getByLabel('Source title').fill('The tide table')
  await expect(ada.getByRole('region', { name: 'Sources' }).getByRole('article', { name: /The tide table/ })).toBeVisible()
  await expect(syncStatus(ada)).toContainText('Synced')
  await expect(syncStatus(bo)).toContainText('Synced')
})

test('W2: both type in the same turn at once and every letter of both stands once', async ({ person }) => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('middle')
  await bo.goto(ada.url())
  await expect(script(bo)).toContainText('middle')
  await script(bo).getByText('middle').click()
  await bo.keyboard.press('End')
  await ada.keyboard.press('Home')
  await Promise.all([ada.keyboard.type('abcdefghij', { delay: 15 }), bo.keyboard.type('0123456789', { delay: 15 })])
  await expect.poll(() => words(ada)).toBe('abcdefghijmiddle0123456789')
  await expect.poll(() => words(bo)).toBe('abcdefghijmiddle0123456789')
})

test('W3: a viewer reads along and cannot write', async ({ person }) => {
  const [ada, vic] = [await person('Ada'), await person('Vic', 'viewer')]
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('Only for reading.')
  await vic.goto(ada.url())
  await expect(script(vic)).toContainText('Only for reading.')
  await expect(script(vic)).toHaveAttribute('contenteditable', 'false')
  await expect(vic.getByRole('note', { name: 'Read only' })).toContainText('you are a viewer')
})
