import { writeFile } from 'node:fs/promises'
import { pngOf } from '../../apps/sync-server/src/artwork/pictures.fixture.ts'
import { PAYLOADS } from '../hostile/payloads.ts'
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

test('P14, Z10: the owner gives the show its artwork, is told what is wrong with a picture, and takes it off; a name of markup is words', async ({
  person,
  server,
}, testInfo) => {
  const ada = await person('Ada', 'owner')
  const dialogs: string[] = []
  ada.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await ada.goto(`${server.url}/desk/show`)
  const artwork = ada.getByRole('region', { name: 'Artwork' })
  const chosen = artwork.locator('input[type=file]')
  const picture = (side: number, name: string) => ({
    name,
    mimeType: 'image/png',
    buffer: pngOf({ width: side, height: side }),
  })
  await chosen.setInputFiles(picture(600, 'cover.png'))
  await expect(artwork.getByRole('status')).toHaveText(/^Found 600 by 600 pixels; wanted a square of 1400 to 3000 pixels/)

  const file = testInfo.outputPath('cover.png')
  await writeFile(file, '<svg onload=alert(1)>')
  const box = await artwork.locator('.artwork-drop').boundingBox()
  const browser = await ada.context().newCDPSession(ada)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await browser.send('Input.dispatchDragEvent', {
      type,
      x: (box?.x ?? 0) + 20,
      y: (box?.y ?? 0) + 20,
      data: { items: [], files: [file], dragOperationsMask: 1 },
    })
  await expect(artwork.getByRole('status')).toHaveText(/neither PNG nor JPEG/)

  // Names of files have no slash; all else goes.
  const name =
    PAYLOADS.map((payload) => payload.replaceAll(/[\n\r]/g, ' ').toWellFormed()).find((each) => /^<img[^/]*onerror/.test(each)) ??
    ''
  await chosen.setInputFiles(picture(1_400, name))
  await expect(artwork.getByRole('img', { name: 'The artwork as it stands' })).toBeVisible()
  await expect(artwork).toContainText(`${name} · 1400 by 1400 pixels`)
  await wholeAndAccessible(ada)
  const page = await ada.context().newPage()
  await page.goto(`${server.url}/`)
  const shown = page.locator('main img')
  expect(await shown.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(256)
  await wholeAndAccessible(page)

  await artwork.getByRole('button', { name: 'Remove' }).click()
  await expect(artwork.getByRole('status')).toHaveText(/Taken off/)
  await page.reload()
  await expect(shown).toHaveCount(0)
  expect(dialogs).toEqual([])
})
