import { expect, script, summary, syncStatus, test, title, words } from './stage.ts'

test.use({ sharesServer: true })

test('W1, W2: two people write script, title, summary and sources at once, see each other, and keep every letter', async ({
  person,
  personAt,
}) => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await expect(script(ada)).toBeVisible()
  const bo = await personAt(ada.url(), 'Bo')
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

  // Both in one turn.
  const both = await words(ada)
  await script(ada).getByText('First words').click()
  await ada.keyboard.press('Home')
  await script(bo).getByText('First words').click()
  await bo.keyboard.press('End')
  await Promise.all([ada.keyboard.type('abcdefghij', { delay: 15 }), bo.keyboard.type('0123456789', { delay: 15 })])
  for (const page of [ada, bo]) await expect.poll(() => words(page)).toBe(`abcdefghij${both}0123456789`)
})
