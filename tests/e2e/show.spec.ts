import { expect, script, test } from './stage.ts'
import { wholeAndAccessible } from './whole-and-accessible.ts'

test('P2: the owner says what holds for new dispatches; what cannot be saved is said where it stands', async ({ person }) => {
  const ada = await person('Ada', 'owner')
  await ada.getByRole('link', { name: 'Show', exact: true }).click()
  await expect(ada.getByRole('heading', { name: 'The show', level: 1 })).toBeVisible()
  await ada.getByRole('button', { name: 'Add speaker' }).click()
  await ada.getByRole('group', { name: 'Speakers' }).getByRole('textbox', { name: 'Name' }).fill('Orrin')
  await ada.getByRole('textbox', { name: 'Target length' }).fill('soon')
  await ada.getByRole('textbox', { name: 'Cues' }).fill('[bell]\nfog horn')
  await wholeAndAccessible(ada)
  await ada.getByRole('button', { name: 'Save' }).click()
  await expect(ada.getByRole('textbox', { name: 'Target length' })).toHaveAccessibleDescription(/minutes, such as 12/)
  await ada.getByRole('textbox', { name: 'Target length' }).fill('12')
  await ada.getByRole('button', { name: 'Save' }).click()
  await expect(ada.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible()

  await ada.getByRole('link', { name: 'All dispatches', exact: true }).click()
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await expect(script(ada)).toContainText('Orrin')
  await script(ada).click()
  await ada.keyboard.type('[fo')
  await expect(ada.getByRole('option', { name: /fog horn/ })).toBeVisible()
})
