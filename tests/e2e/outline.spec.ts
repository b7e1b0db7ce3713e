import { expect, script, test } from './stage.ts'

test.use({ sharesServer: true })

test('U1: the outline tells chapters with time and turns, jumps by keyboard, and marks where one is', async ({
  personAt,
  newSample,
}) => {
  const ada = await personAt(await newSample(), 'Ada')
  const outline = ada.getByRole('navigation', { name: 'Outline' })
  const last = outline.getByRole('button', { name: /Two records that disagree/ })
  await expect(last).toHaveText(/2:19.*4 turns/)
  await expect(last).not.toHaveAttribute('aria-current', 'location')
  await last.focus()
  await ada.keyboard.press('Enter')
  await expect(script(ada)).toBeFocused()
  await expect(last).toHaveAttribute('aria-current', 'location')
  await ada.keyboard.type('Still: ')
  await expect(outline.getByRole('button', { name: /Still: Two records that disagree/ })).toBeVisible()

  await outline.getByRole('button', { name: /The busiest bridge/ }).click()
  await expect(outline.locator('[aria-current="location"]')).toHaveText(/The busiest bridge/)
})
