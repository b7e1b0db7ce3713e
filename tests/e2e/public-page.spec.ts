import { publishSample } from './by-request.ts'
import { expect, test } from './stage.ts'
import { wholeAndAccessible } from './whole-and-accessible.ts'

test('F1 F2 F3: a reader looks at sources without a script, and with it goes to a time and finds words', async ({
  server,
  owner,
  browser,
}) => {
  await publishSample(owner)
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const reader = await plain.newPage()
  await reader.goto(`${server.url}/dispatches/001/`)
  const number = reader.getByRole('button', { name: /^Source 1:/ }).first()
  const note = reader.getByRole('note', { name: 'Source 1' })
  await expect(note).toBeHidden()
  await number.hover()
  await expect(note).toContainText('412,006 visitors')
  await reader.mouse.move(2, 2)
  await expect(note).toBeHidden()
  await number.press('Enter')
  await expect(note).toContainText('Primary source')
  await reader.keyboard.press('Escape')
  await expect(note).toBeHidden()
  await number.click()
  await note.getByRole('link', { name: 'To the source' }).click()
  await expect(reader.getByText('The number that started it')).toBeInViewport()
  await reader.getByRole('link', { name: /recorded 412,000 people/ }).click()
  await expect(number).toBeInViewport()
  await expect(reader.getByRole('searchbox')).toBeHidden()
  await plain.close()

  // A browser that leaves hover and focus to the script.
  const scripted = await browser.newContext()
  await scripted.addInitScript(() => {
    Reflect.deleteProperty(HTMLButtonElement.prototype, 'interestForElement')
    addEventListener('DOMContentLoaded', () => {
      for (const button of document.querySelectorAll('[interestfor]')) button.removeAttribute('interestfor')
    })
  })
  const page = await scripted.newPage()
  const refused: string[] = []
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await page.goto(`${server.url}/dispatches/001/#t=0:30`)
  await expect(page.locator('.at-time')).toBeInViewport()
  await expect(page.locator('.at-time time')).toHaveText('0:28')
  await page
    .getByRole('button', { name: /^Source 1:/ })
    .first()
    .hover()
  await expect(page.getByRole('note', { name: 'Source 1' })).toBeVisible()
  await wholeAndAccessible(page)
  await page.mouse.move(2, 2)
  await expect(page.getByRole('note')).toBeHidden()
  await page.getByRole('searchbox', { name: 'Find in this dispatch' }).fill('CAFE')
  await expect(page.getByRole('status')).toHaveText('2 found')
  await page.keyboard.press('Shift+Enter')
  await expect(page.getByRole('status')).toHaveText('2 of 2')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toHaveText('1 of 2')
  await expect(page.getByText('one open café')).toBeInViewport()
  await wholeAndAccessible(page)
  expect(refused).toEqual([])
  await scripted.close()
})

test('R4 F7 F8 X24: without a script one goes from a page to its files, to all of a source and a speaker, and searches; where only files are served, a script searches', async ({
  server,
  owner,
  browser,
}) => {
  await publishSample(owner)
  const plain = await browser.newContext({ javaScriptEnabled: false })
  const reader = await plain.newPage()
  await reader.goto(`${server.url}/dispatches/001/`)
  const files = reader.getByRole('navigation', { name: 'Files' })
  await expect(files.getByRole('link')).toHaveCount(11)
  for (const link of await files.getByRole('link').all()) {
    const address = new URL((await link.getAttribute('href')) ?? '', reader.url()).href
    expect([address, (await plain.request.get(address)).status()]).toEqual([address, 200])
  }
  await reader.getByRole('link', { name: 'orrin', exact: true }).click()
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('orrin')
  await reader.getByRole('link', { name: 'About', exact: true }).click()
  await reader.getByRole('link', { name: 'figures.sallharbour.example' }).click()
  await reader.getByRole('link', { name: /^Footfall/ }).click()
  await expect(reader.getByText('Footfall, first quarter').first()).toBeInViewport()
  await reader.getByRole('link', { name: 'Search' }).click()
  await reader.getByRole('searchbox').fill('pleased GULLS')
  await reader.getByRole('button', { name: 'Search' }).click()
  await expect(reader.locator('mark').first()).toBeVisible()
  await reader.getByRole('link', { name: /pleased/ }).click()
  await expect(reader.getByText('very pleased with').first()).toBeInViewport()
  await plain.close()

  const seen = await (await browser.newContext()).newPage()
  for (const path of ['/about/', '/sources/figures.sallharbour.example/', '/search/?q=gulls', '/nowhere'])
    await seen.goto(`${server.url}${path}`).then(() => wholeAndAccessible(seen))

  // A server of files, to which every question is the same page.
  const served = await (await browser.newContext()).newPage()
  await served.route('**/search/?q=*', async (route) => {
    const page = await route.fetch({ url: `${server.url}/search/` })
    await route.fulfill({ contentType: 'text/html', body: await page.text() })
  })
  await served.goto(`${server.url}/search/?q=figures+ORRIN`)
  await expect(served.getByRole('status')).toContainText('1 of 1 has “figures ORRIN”')
  await wholeAndAccessible(served)
  await served.locator('.shelf').getByRole('link').click()
  await expect(served).toHaveURL(`${server.url}/dispatches/001/`)
})
