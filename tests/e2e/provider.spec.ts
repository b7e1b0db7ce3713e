import { expect, test } from '@playwright/test'
import { startSoftProvider } from '../provider/soft-provider.ts'
import { startServer } from './running-server.ts'
import { wholeAndAccessible } from './whole-and-accessible.ts'

test('K12, K30, K31, K34: with an account elsewhere one comes by the link, comes back, and joins or removes it under one’s name', async ({
  page,
}) => {
  const provider = await startSoftProvider()
  const { issuer, clientId, clientSecret, name } = provider.settings
  // The desk is `localhost` and the provider 127.0.0.1: two sites to a browser.
  const server = await startServer('localhost', {
    STET_OIDC_ISSUER: issuer,
    STET_OIDC_CLIENT_ID: clientId,
    STET_OIDC_CLIENT_SECRET: clientSecret,
    STET_OIDC_NAME: name,
    STET_NEIGHBOURS: new URL(issuer).host,
  })
  provider.allow(`${server.url}/api/session/provider/callback`)
  const withIt = page.getByRole('button', { name: 'Sign in with Harbour Accounts' })

  await page.goto(server.ownerLink)
  await expect(withIt).toBeDisabled()
  await page.getByLabel('Your name').fill('Ada')
  await provider.stop()
  await withIt.click()
  await expect(page.getByRole('status')).toContainText('Harbour Accounts does not answer just now')
  await provider.start()
  provider.is(null)
  await expect(async () => {
    if (await withIt.isEnabled()) await withIt.click()
    await expect(page.getByRole('alert')).toContainText('without signing in there', { timeout: 1_000 })
  }).toPass()
  provider.is('ada')
  await page.getByLabel('Your name').fill('Ada')
  await withIt.click()
  await page.getByRole('link', { name: 'Ada, your account' }).click()
  const remove = page.getByRole('button', { name: /^Remove the account at Harbour Accounts/ })
  await expect(remove).toBeVisible()
  await wholeAndAccessible(page)
  await page.getByRole('button', { name: 'Sign out of this device' }).click()

  await page.getByRole('link', { name: 'Sign in', exact: true }).click()
  // Signed out at the provider too, which else says again who it was.
  await page.context().clearCookies({ domain: '127.0.0.1' })
  provider.is('a-stranger')
  await withIt.click()
  await expect(page.getByRole('alert')).toContainText('Ask an owner of the show for an invitation')
  await wholeAndAccessible(page)
  await page.goto(`${server.url}/desk/account`)
  await page.getByRole('link', { name: 'Sign in', exact: true }).click()
  await page.context().clearCookies({ domain: '127.0.0.1' })
  provider.is('ada')
  await withIt.click()
  await remove.click()
  await expect(page.getByText('You could not sign in again without this one')).toBeVisible()
  await page.getByLabel('New password').fill('a lamp for the long pier')
  await page.getByRole('button', { name: 'Set a password' }).click()
  await expect(page.getByText('You can sign in with it.').or(page.getByLabel('Present password'))).toBeVisible()
  await remove.click()
  await expect(page.getByText('It is removed.')).toBeVisible()
  await page.getByRole('button', { name: 'Join an account at Harbour Accounts' }).click()
  await expect(remove).toBeVisible()
  await server.stop()
  await provider.stop()
})
