import { expect, test } from './stage.ts'
import { wholeAndAccessible } from './whole-and-accessible.ts'

test('J5, J7, J9, Q6: the owner adds a webhook, tries it, reads what became of it, sends it again, gives it a new secret', async ({
  person,
}) => {
  const ada = await person('Ada', 'owner')
  await ada.getByRole('link', { name: 'Show', exact: true }).click()
  await ada.getByRole('link', { name: 'Webhooks' }).click()
  await ada.getByLabel('Address').fill('http://127.0.0.1:9/hook')
  await ada.getByRole('button', { name: 'Add' }).click()
  const hook = ada.getByRole('article', { name: 'http://127.0.0.1:9/hook' })
  const secret = await hook.getByLabel('Secret', { exact: true }).inputValue()
  expect(secret).toMatch(/^whsec_/)
  await hook.getByRole('button', { name: 'Send a test' }).click()
  const message = hook.getByRole('list', { name: 'Last messages' }).getByRole('listitem')
  await expect(message).toContainText(/Not taken \(127\.0\.0\.1:9 is not of the public web.*\), tried once; next at/)
  await message.getByRole('button', { name: /^Send again: Test/ }).click()
  await expect(hook.getByRole('status').filter({ hasText: 'The message is on its way again.' })).toBeVisible()
  await hook.getByRole('button', { name: 'New secret' }).click()
  await expect(hook).toContainText('messages are signed by the former secret as well')
  await expect(hook.getByLabel('Secret', { exact: true })).not.toHaveValue(secret)
  await wholeAndAccessible(ada)
  await ada.reload()
  await expect(message).toBeVisible()
  await expect(hook.getByLabel('Secret', { exact: true })).toBeHidden()
  await hook.getByRole('button', { name: 'Switch off' }).click()
  await expect(hook.getByRole('button', { name: 'Send a test' })).toBeDisabled()
  await hook.getByRole('button', { name: 'Remove…' }).click()
  await hook.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(ada.getByText('Nobody is told yet.')).toBeVisible()

  await ada.goto(new URL('/api/', ada.url()).href)
  await expect(ada.getByRole('heading', { name: 'HTTP API' })).toBeVisible()
  await wholeAndAccessible(ada)

  const bo = await person('Bo')
  await expect(bo.getByRole('link', { name: 'Webhooks' })).toBeHidden()
  await bo.goto(new URL('/desk/webhooks', bo.url()).href)
  await expect(bo.getByText('Webhooks are looked after by the owner of this desk.')).toBeVisible()
})
