import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, readyForOffline, script, syncStatus, test, title, words } from './stage.ts'

test('O1: writing goes on without a network, through a reload and a closed browser, and nothing of anyone is lost', async ({
  person,
  server,
  signIn,
}, testInfo) => {
  const profile = await mkdtemp(join(tmpdir(), 'stet-profile-'))
  const openBrowser = () =>
    chromium.launchPersistentContext(profile, { ...testInfo.project.use.launchOptions, viewport: { width: 1360, height: 860 } })

  const bo = await person('Bo')
  let train = await openBrowser()
  let ada = await signIn(await train.newPage(), 'Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('Written at home.')
  await title(ada).fill('From the train')
  await expect(syncStatus(ada)).toContainText('Synced')
  const address = ada.url()
  await readyForOffline(ada)
  await bo.goto(address)
  await expect.poll(() => words(bo)).toBe('Written at home.')

  // The tunnel.
  await train.setOffline(true)
  await ada.reload()
  await expect.poll(() => words(ada)).toBe('Written at home.')
  await script(ada).getByText('Written at home.').click()
  await ada.keyboard.press('End')
  await ada.keyboard.type(' Written in the tunnel.')
  await expect(syncStatus(ada)).toContainText(/not sent|Saved here/)
  await script(bo).getByText('Written at home.').click()
  await bo.keyboard.press('Home')
  await bo.keyboard.type('Meanwhile in town. ')

  // A new dispatch, then the browser is closed.
  await ada.goto(`${server.url}/desk/`)
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('Born in the tunnel.')
  await title(ada).fill('Tunnel dispatch')
  await expect(syncStatus(ada)).toContainText(/not sent|Saved here/)
  await train.close()

  // Opened again, still in the tunnel.
  train = await openBrowser()
  await train.setOffline(true)
  ada = await train.newPage()
  await ada.goto(`${server.url}/desk/`)
  await ada.getByRole('link', { name: /Tunnel dispatch/ }).click()
  await expect.poll(() => words(ada)).toBe('Born in the tunnel.')
  await ada.goto(address)
  await expect.poll(() => words(ada)).toBe('Written at home. Written in the tunnel.')

  // Light again.
  await train.setOffline(false)
  await expect.poll(() => words(ada)).toBe('Meanwhile in town. Written at home. Written in the tunnel.')
  await expect.poll(() => words(bo)).toBe('Meanwhile in town. Written at home. Written in the tunnel.')
  await expect(syncStatus(ada)).toContainText('Synced')
  await ada.goto(`${server.url}/desk/`)
  await ada.getByRole('link', { name: /Tunnel dispatch/ }).click()
  await expect(syncStatus(ada)).toContainText('Synced')
  await bo.goto(`${server.url}/desk/`)
  await bo.getByRole('link', { name: /Tunnel dispatch/ }).click()
  await expect.poll(() => words(bo)).toBe('Born in the tunnel.')
  await train.close()
  await rm(profile, { recursive: true, force: true })
})
