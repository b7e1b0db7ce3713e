import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, readyForOffline, script, syncStatus, test, title, words } from './stage.ts'
import { wholeAndAccessible } from './whole-and-accessible.ts'

test.use({ host: 'localhost' })

const PASSWORD = 'a lamp for the long pier'

/** In the browser: all that it keeps, and could be read by whoever sits here next. */
const kept = async () => {
  const databases = (await indexedDB.databases()).map(({ name }) => name ?? '').filter((name) => name.startsWith('stet-'))
  const cached = (await Promise.all((await caches.keys()).map(async (key) => (await caches.open(key)).keys())))
    .flat()
    .map(({ url }) => new URL(url).pathname)
  return { databases, cachedElsewhere: cached.filter((path) => !path.startsWith('/desk/')), local: { ...localStorage } }
}
const signOut = async (page: Page) => {
  await page.getByRole('link', { name: /your account/ }).click()
  await page.getByRole('button', { name: 'Sign out of this device' }).click()
}

test('K4, K7, K9, K10, K12: by password and by passkey one comes back; signing out leaves nothing, and two people on one browser stay apart', async ({
  server,
  signIn,
  person,
}) => {
  test.slow()
  const ada = await person('Ada', 'owner', 'service worker')
  const authenticator = await ada.context().newCDPSession(ada)
  await authenticator.send('WebAuthn.enable')
  await authenticator.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  })
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await title(ada).fill('For Ada alone, so far')
  await script(ada).click()
  await ada.keyboard.type('Nobody else has seen this.')
  await expect(syncStatus(ada)).toContainText('Synced')
  const address = ada.url()
  await ada.goto(`${server.url}/desk/account`)
  await ada.getByLabel('New password').fill(PASSWORD)
  await ada.getByRole('button', { name: 'Set a password' }).click()
  await expect(ada.getByText('You can sign in with it.').or(ada.getByLabel('Present password'))).toBeVisible()
  await ada.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(ada.getByText('The passkey is added.')).toBeVisible()
  await wholeAndAccessible(ada)
  await ada.setViewportSize({ width: 1360, height: 860 })

  // Opens without a network for whoever is signed in, and for nobody who has signed out.
  await readyForOffline(ada)
  await ada.context().setOffline(true)
  await ada.goto(address)
  await expect.poll(() => words(ada)).toBe('Nobody else has seen this.')
  await script(ada).getByText('Nobody else has seen this.').click()
  await ada.keyboard.press('End')
  await ada.keyboard.type(' Nor this.')
  await expect(syncStatus(ada)).toContainText('not sent')
  await ada.goto(`${server.url}/desk/`)
  await signOut(ada)
  await expect(ada.getByRole('alert')).toContainText('changes that are on this device alone')
  await ada.getByRole('button', { name: 'Sign out and lose them' }).click()
  await expect(ada.getByText(/Sign out when you are connected/)).toBeVisible()
  await ada.context().setOffline(false)
  await ada.goto(`${server.url}/desk/`)
  await expect(ada.getByRole('link', { name: /For Ada alone/ })).toBeVisible()
  await expect(ada.getByText('Not sent yet')).toBeHidden()
  await signOut(ada)
  await expect(ada.getByRole('heading', { name: 'You are not signed in' })).toBeVisible()
  expect(await ada.evaluate(kept)).toEqual({ databases: [], cachedElsewhere: [], local: {} })
  expect((await ada.context().cookies()).map(({ name }) => name)).toEqual([])
  await ada.context().setOffline(true)
  await ada.goto(address)
  await expect(ada.getByRole('heading', { name: 'The server cannot be reached' })).toBeVisible()
  await ada.context().setOffline(false)

  // Back by password, then by passkey.
  await ada.goto(`${server.url}/desk/sign-in`)
  await wholeAndAccessible(ada)
  await ada.goto(address)
  await ada.getByRole('link', { name: 'Sign in', exact: true }).click()
  await ada.getByLabel('Name').fill('ada')
  await ada.getByLabel('Password').fill(PASSWORD)
  await ada.getByRole('button', { name: 'Sign in' }).click()
  await expect(ada).toHaveURL(address)
  await expect.poll(() => words(ada)).toBe('Nobody else has seen this. Nor this.')
  // Nowhere but the desk.
  for (const elsewhere of ['//evil.example/desk/', 'https://evil.example/desk/', '/desk/../api/session', 'javascript:alert(1)']) {
    await ada.goto(`${server.url}/desk/sign-in?${new URLSearchParams({ return: elsewhere })}`)
    await ada.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(ada).toHaveURL(`${server.url}/desk/`)
  }
  await ada.goto(`${server.url}/desk/sign-in`)
  await ada.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(ada.getByRole('link', { name: 'Ada, your account' })).toBeVisible()

  // Somebody else sits down without Ada's having signed out.
  await ada.goto(address)
  await expect.poll(() => words(ada)).toBe('Nobody else has seen this. Nor this.')
  await signIn(ada, 'Bo', 'viewer')
  const own = await ada.evaluate(kept)
  expect(own.databases).toHaveLength(2)
  await ada.context().setOffline(true)
  await ada.goto(address)
  await expect(ada.getByText('Nobody else has seen this.')).toBeHidden()
  await ada.context().setOffline(false)
})

test('K1, K2: the owner sees who may come, and whoever is removed at their desk loses it at once, but not their own words', async ({
  server,
  person,
}) => {
  const [ada, bo] = [await person('Ada', 'owner'), await person('Bo', 'editor')]
  await bo.getByRole('button', { name: 'New dispatch' }).click()
  await script(bo).click()
  await bo.keyboard.type('Bo was here.')
  await expect(syncStatus(bo)).toContainText('Synced')
  await expect(bo.getByRole('button', { name: 'Publish' })).toBeHidden()

  await ada.goto(`${server.url}/desk/people`)
  await expect(ada.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
  await ada.getByLabel('Name of a new token').fill('exporter')
  await ada.getByRole('button', { name: 'Make a token' }).click()
  await expect(ada.locator('.secret-once')).toHaveText(/^stet_[\w-]{43}$/)
  await wholeAndAccessible(ada)
  await ada.setViewportSize({ width: 1360, height: 860 })

  await ada.getByRole('button', { name: /Role of Bo/ }).click()
  await ada.getByRole('option', { name: /^Viewer/ }).click()
  await expect(bo.getByRole('note', { name: 'Read only' })).toContainText('you are a viewer')
  await ada.getByRole('button', { name: /Role of Bo/ }).click()
  await ada.getByRole('option', { name: /^Editor/ }).click()
  await expect(bo.getByRole('note', { name: 'Read only' })).toBeHidden()

  await bo.context().setOffline(true)
  await script(bo).getByText('Bo was here.').click()
  await bo.keyboard.press('End')
  await bo.keyboard.type(' And wrote on.')
  await ada.getByRole('button', { name: 'Remove Bo' }).click()
  await ada.getByRole('button', { name: 'Remove Bo for good' }).click()
  await expect(ada.getByText('Bo may not come any more.')).toBeVisible()
  await bo.context().setOffline(false)
  await expect(syncStatus(bo)).toContainText('Signed out')
  await bo.keyboard.press('ControlOrMeta+k')
  await bo.getByRole('combobox', { name: 'Commands' }).fill('Export as Text')
  await expect(bo.getByRole('option', { name: /Export as Text/ })).toBeVisible()
  const [download] = await Promise.all([bo.waitForEvent('download'), bo.keyboard.press('Enter')])
  expect(await readFile(await download.path(), 'utf8')).toContain('Bo was here. And wrote on.')
})
