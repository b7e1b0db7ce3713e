import { expect, script, syncStatus, test, title } from './stage.ts'
import { wholeAndAccessible } from './whole-and-accessible.ts'

test.use({ sharesServer: true })

test('D3: one asks, another approves what stands, and the first letter after it takes the approval back', async ({
  person,
  personAt,
  newSample,
}) => {
  const address = await newSample()
  const ada = await personAt(address, 'Ada')
  await expect(script(ada)).not.toBeEmpty()
  await ada.getByRole('button', { name: 'Review: Draft' }).click()
  const dialog = ada.getByRole('dialog', { name: 'Review' })
  await dialog.getByLabel('A note to the others').fill('Please look at <b>the gulls</b>.')
  await dialog.getByRole('button', { name: 'Ask for review' }).click()
  await expect(dialog.getByRole('list', { name: 'What was said' })).toContainText('Ada asked for review today at')
  await wholeAndAccessible(ada)
  await ada.keyboard.press('Escape')

  const bo = await person('Bo')
  const entry = bo.getByRole('listitem').filter({ has: bo.locator(`a[href="${new URL(address).pathname}"]`) })
  await expect(entry).toContainText('In review')
  await entry.getByRole('link').click()
  await expect(script(bo)).not.toBeEmpty()
  // The palette knows a step once the server has said where the dispatch stands.
  await expect(bo.getByRole('button', { name: /^Review: / })).toBeVisible()
  await bo.keyboard.press('Control+k')
  const palette = bo.getByRole('dialog', { name: 'Commands' })
  await palette.getByRole('combobox').fill('Approve')
  await expect(palette.getByRole('option', { name: /Approve/ })).toBeVisible()
  await bo.keyboard.press('Enter')
  const boDialog = bo.getByRole('dialog', { name: 'Review' })
  await expect(boDialog).toContainText('Please look at <b>the gulls</b>.')
  await boDialog.getByRole('button', { name: 'Approve' }).click()
  await expect(boDialog.getByRole('status')).toHaveText('You approved.')
  await bo.keyboard.press('Escape')

  await ada.reload()
  await expect(ada.getByRole('button', { name: 'Review: Approved by Bo' })).toBeVisible()
  await title(ada).press('End')
  await title(ada).pressSequentially('!')
  await expect(ada.getByRole('button', { name: 'Review: Changed since Bo approved it' })).toBeVisible()
  await expect(syncStatus(ada)).toContainText('Synced')
  await ada.reload()
  await ada.getByRole('button', { name: 'Review: Changed since Bo approved it' }).click()
  await expect(ada.getByRole('dialog', { name: 'Review' })).toContainText('The approval fell today at')
})

test('D3: who may only read sees where it stands and is offered no step', async ({ personAt, newSample }) => {
  const vi = await personAt(await newSample(), 'Vi', 'viewer')
  await vi.getByRole('button', { name: 'Review: Draft' }).click()
  const dialog = vi.getByRole('dialog', { name: 'Review' })
  await expect(dialog).toContainText('Draft.')
  await expect(dialog.getByRole('button')).toHaveText(['Close'])
})
