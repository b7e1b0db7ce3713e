import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, readyForOffline, script, syncStatus, test, title, words } from './stage.ts'

test.use({ sharesServer: true })

test('O1: writing goes on without a network, through a reload and a closed browser, and nothing of anyone is lost', async ({
  personAt,
  server,
  signIn,
}, testInfo) => {
  const profile = await mkdtemp(join(tmpdir(), 'stet-profile-'))
  const openBrowser = () =>
    chromium.launchPersistentContext(profile, { ...testInfo.project.use.launchOptions, viewport: { width: 1360, height: 860 } })

  let train = await openBrowser()
  let ada = await signIn(await train.newPage(), 'Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('Written at home.')
  await title(ada).fill('From the train')
  await expect(syncStatus(ada)).toContainText('Synced')
  const address = ada.url()
  await readyForOffline(ada)
  const bo = await personAt(address, 'Bo')
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

test('O5: who opens a dispatch again that is on this device is sent what is new, and not the whole', async ({
  person,
  personAt,
}) => {
  const ada = await person('Ada')
  const received: number[] = []
  ada.on('websocket', (socket) => {
    received.push(0)
    socket.on('framereceived', ({ payload }) => {
      const bytes = Buffer.from(payload)
      if (bytes[0] === 0 && bytes[1] !== 0) received[received.length - 1] = (received.at(-1) ?? 0) + bytes.length
    })
  })
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  const long = 'Nobody should have to hear this twice. '.repeat(200).trim()
  await ada.keyboard.insertText(long)
  await expect(syncStatus(ada)).toContainText('Synced')
  const bo = await personAt(ada.url(), 'Bo')
  await expect.poll(() => words(bo)).toBe(long)
  await script(bo).click()
  await bo.keyboard.press('ControlOrMeta+Home')
  await bo.keyboard.type('New: ')
  await expect.poll(() => words(ada)).toContain('New: ')
  await ada.waitForFunction(isHeardNoted)
  await ada.goto(ada.url().replace(/[^/]*$/, ''))
  await bo.keyboard.type('hear, hear. ')
  await expect(syncStatus(bo)).toContainText('Synced')
  received.length = 0
  await ada.goBack()
  await expect.poll(() => words(ada)).toContain('New: hear, hear. ')
  await expect(syncStatus(ada)).toContainText('Synced')
  expect(received.length).toBeGreaterThan(0)
  for (const bytes of received) expect(bytes).toBeLessThan(1_000)
})

/** In the browser: the rows on this device are noted to hold the log up to a place. */
const isHeardNoted = async () => {
  const own = (await indexedDB.databases()).find(({ name = '' }) => name.startsWith('stet-'))?.name ?? ''
  return new Promise<boolean>((resolve) => {
    const opening = indexedDB.open(own)
    opening.onsuccess = () => {
      const db = opening.result
      const all = db.transaction('heard').objectStore('heard').getAll()
      all.onsuccess = () => {
        db.close()
        resolve(all.result.some(({ seq }: { seq: number }) => seq > 3))
      }
    }
  })
}
