import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatFault } from '@stet/import/import-outcome'
import { importText } from '@stet/import/import-text'
import type { Content } from '@stet/schema/snapshot'
import { createDispatch, deskAddress, publish, publishSample } from './by-request.ts'
import { expect, script, syncStatus, test, title } from './stage.ts'
import { wholeAndAccessible, wholeAndAccessibleNow } from './whole-and-accessible.ts'

const dispatchText = `◆ Dispatch 041 · 2026-03-02
The Lamp at Pier Nine
“A lamp is a promise with a wick.”
— Oda Fenn, harbour notes
A short talk about one lamp.
- Lamps
Chapters
- 00:00:00 The lamp
Sources
1 cited-
1
Keeper's log, winter
Article Harbour Office / Oda Fenn — Scanned pages of the keeper's log.
The lamp was out for nine nights.
harbour.example/log/winter →Details
- Cited text
Out again. Nine nights now.
- Context
- The keeper wrote daily.
- Key points
- Nine nights without light.
- Provenance
- Article · Primary source
Transcript
00:00:00 odaThe lamp at pier nine was out for nine nights.
00:00:04 fenn[sighs] And nobody wrote it down but the keeper.`

const lamp = (): Content => {
  const imported = importText(dispatchText)
  if (!imported.ok) throw new Error(formatFault(imported.fault))
  return imported.content
}

test('P1: what is published stands still until the next revision, and reads without JavaScript', async ({
  server,
  person,
  browser,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'stet-import-'))
  const file = join(folder, 'dispatch.txt')
  await writeFile(file, dispatchText)
  await server.bot('import', file)
  expect(await server.bot('export', '041', '--format', 'text')).toBe(dispatchText)

  const ada = await person('Ada', 'owner')
  await ada.getByRole('link', { name: /041/ }).click()
  await expect(script(ada)).toContainText('out for nine nights')
  await expect(syncStatus(ada)).toContainText('Synced')
  await ada.getByRole('button', { name: 'Publish…' }).click()
  await ada.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish revision 1' }).click()
  await expect(ada.getByRole('dialog').getByRole('link', { name: 'The Lamp at Pier Nine' })).toHaveAttribute(
    'href',
    '/dispatches/041/',
  )

  const plain = await browser.newContext({ javaScriptEnabled: false })
  const reader = await plain.newPage()
  await reader.goto(`${server.url}/`)
  await reader.getByRole('link', { name: /The Lamp at Pier Nine/ }).click()
  await expect(reader).toHaveURL(`${server.url}/dispatches/041/`)
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('The Lamp at Pier Nine')
  await expect(reader.getByText('A lamp is a promise with a wick.')).toBeVisible()
  await expect(reader.getByText('was out for nine nights', { exact: false }).first()).toBeVisible()
  const source = reader.locator('details', { hasText: 'Keeper' })
  await expect(source.getByText('Nine nights without light.')).toBeHidden()
  await source.locator('summary').click()
  await expect(source.getByText('Nine nights without light.')).toBeVisible()

  await ada.keyboard.press('Escape')
  await title(ada).fill('The Lamp at Pier Ten')
  await expect(syncStatus(ada)).toContainText('Synced')
  await reader.reload()
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('The Lamp at Pier Nine')

  await ada.getByRole('button', { name: 'Publish…' }).click()
  const dialog = ada.getByRole('dialog', { name: 'Publish' })
  await expect(dialog.getByRole('button', { name: 'Publish revision 2' })).toBeDisabled()
  await dialog.getByRole('checkbox', { name: /corrects nothing/ }).check({ force: true })
  await dialog.getByRole('button', { name: 'Publish revision 2' }).click()
  await expect
    .poll(async () => {
      await reader.reload()
      return reader.getByRole('heading', { level: 1 }).textContent()
    })
    .toBe('The Lamp at Pier Ten')
  await plain.close()

  // The bot: everything published, whole; a second run writes nothing.
  const site = join(folder, 'site')
  await server.bot('export', '--published', '--out', site)
  const manifest = JSON.parse(await readFile(join(site, 'manifest.json'), 'utf8')) as { files: Record<string, string> }
  const extensions = 'bib chapters.json csl.json csv json md srt transcript.json txt vtt zip'.split(' ')
  const below = Object.keys(manifest.files).filter((path) => /^dispatches\/041\/[^/]+$/.test(path))
  expect(below.sort()).toEqual(
    [...extensions.map((extension) => `041.${extension}`), 'index.html', 'picture.png'].map((name) => `dispatches/041/${name}`),
  )
  const before = await stat(join(site, 'dispatches/041/index.html'))
  await server.bot('export', '--published', '--out', site)
  expect((await stat(join(site, 'dispatches/041/index.html'))).mtimeMs).toBe(before.mtimeMs)
  await rm(folder, { recursive: true })
})

test('D5 D6: the dialog says what would change, gives a number that every desk then shows, and stops at an error', async ({
  server,
  owner,
  personAt,
}) => {
  const address = deskAddress(server, await createDispatch(owner, lamp()))
  const [ada, bo] = [await personAt(address, 'Ada', 'owner'), await personAt(address, 'Bo')]
  for (const page of [ada, bo]) await expect(script(page)).toContainText('out for nine nights')
  const number = (page: typeof ada) => page.getByRole('textbox', { name: 'Number', exact: true })
  await number(ada).fill('')
  await number(ada).press('Tab')
  await expect(number(bo)).toHaveValue('')
  await ada
    .getByRole('article', { name: /Keeper/ })
    .getByRole('button')
    .first()
    .click()
  const link = ada.getByRole('textbox', { name: 'Link', exact: true })
  await link.fill('harbour.example/log')
  await link.press('Tab')
  await expect(syncStatus(ada)).toContainText('Synced')

  await ada.getByRole('button', { name: 'Publish…' }).click()
  const dialog = ada.getByRole('dialog', { name: 'Publish' })
  await expect(dialog.getByRole('region', { name: 'In the way' })).toContainText('not of the web')
  await expect(dialog.getByRole('button', { name: 'Publish revision 1' })).toBeDisabled()
  await wholeAndAccessible(ada)
  await dialog.getByRole('button', { name: /^Go there: Source 1:/ }).click()
  // It goes there once the dialog has given back the focus.
  await expect(ada.getByRole('article', { name: /Keeper/ }).locator(':focus')).toHaveCount(1)
  await link.fill('https://harbour.example/log')
  await link.press('Tab')
  await expect(syncStatus(ada)).toContainText('Synced')

  await ada.getByRole('button', { name: 'Publish…' }).click()
  await expect(dialog).toContainText('It gets number 002')
  await expect(dialog).toContainText('Nobody has approved it as it stands')
  await dialog.getByRole('textbox', { name: 'Number' }).fill('44')
  await expect(dialog).toContainText('It gets number 044')
  await dialog.getByText('What appears on the site').click()
  await expect(dialog.getByRole('list', { name: 'Pages of the site' })).toContainText('/dispatches/044/ is new')
  await wholeAndAccessibleNow(ada)
  await dialog.getByRole('button', { name: 'Publish revision 1' }).click()
  await expect(dialog.getByRole('link', { name: 'The Lamp at Pier Nine' })).toHaveAttribute('href', '/dispatches/044/')
  await ada.keyboard.press('Escape')
  for (const page of [ada, bo]) await expect(number(page)).toHaveValue('44')
  await expect(ada.getByRole('button', { name: 'Review: Published as it stands' })).toBeVisible()

  await title(ada).fill('The Lamp at Pier Ten')
  await expect(syncStatus(ada)).toContainText('Synced')
  await ada.getByRole('button', { name: 'Publish…' }).click()
  await dialog.getByText('What changes since revision 1: one thing').click()
  await expect(dialog.getByRole('article', { name: 'Title' })).toContainText('Erased: Nine')
  await wholeAndAccessibleNow(ada)
  expect(await server.bot('publish', '44', '--dry-run')).toContain('changes title')
})

test('D7 D8: a reader is told what was put right, reads the old words beside the new, and each revision as it was', async ({
  server,
  owner,
  personAt,
  browser,
}) => {
  const id = await createDispatch(owner, lamp())
  await publish(owner, id)
  const ada = await personAt(deskAddress(server, id), 'Ada', 'owner')
  await expect(script(ada)).toContainText('out for nine nights')
  await script(ada).getByText('was out for nine nights').click()
  await ada.keyboard.press('End')
  await ada.keyboard.type(' Ten, in truth.')
  await title(ada).fill('The Lamp at Pier Ten')
  await expect(syncStatus(ada)).toContainText('Synced')
  await ada.getByRole('button', { name: 'Publish…' }).click()
  const dialog = ada.getByRole('dialog', { name: 'Publish' })
  await dialog.getByLabel('What was wrong').fill('We said that the lamp stood at pier nine.')
  await wholeAndAccessible(ada)
  await dialog.getByLabel('What stands now').fill('It stands at pier ten.')
  await dialog.getByRole('button', { name: 'Publish revision 2' }).click()
  await expect(dialog.getByRole('link', { name: 'The Lamp at Pier Ten' })).toBeVisible()

  const plain = await browser.newContext({ javaScriptEnabled: false })
  const reader = await plain.newPage()
  await reader.goto(`${server.url}/dispatches/041/`)
  await reader.getByRole('link', { name: /^Corrected/ }).click()
  await expect(reader.getByText('It stands at pier ten.')).toBeInViewport()
  await reader.getByRole('link', { name: 'What changed in revision 2' }).click()
  await expect(reader.locator('del')).toContainText(['struck out', 'Nine'])
  await expect(reader.locator('ins')).toContainText(['underlined', 'Ten', 'Ten, in truth'])
  await reader.getByRole('link', { name: 'Revision 1', exact: true }).click()
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('The Lamp at Pier Nine')
  await reader.getByRole('link', { name: 'Read what stands now' }).click()
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('The Lamp at Pier Ten')
  await reader.getByRole('link', { name: 'Revision 2', exact: true }).click()
  await expect(reader.getByRole('heading', { level: 2 })).toHaveText([/^Revision 2/, /^Revision 1/])
  await reader.getByRole('link', { name: 'Corrections' }).click()
  await expect(reader.getByRole('listitem')).toContainText('We said that the lamp stood at pier nine.')
  await plain.close()

  for (const path of ['', 'revisions/', 'revisions/1/', 'revisions/2/changes/'])
    await ada.goto(`${server.url}/dispatches/041/${path}`).then(() => wholeAndAccessible(ada))
  await ada.goto(`${server.url}/corrections/`)
  await wholeAndAccessible(ada)
})

test('D9: who withdraws is asked first and says why; readers find the reason, and the page once it is published again', async ({
  server,
  owner,
  person,
}) => {
  const sample = await publishSample(owner)
  const ada = await person('Ada', 'owner')
  await ada.getByRole('link', { name: /^001/ }).click()
  await expect(script(ada)).not.toBeEmpty()
  await expect(syncStatus(ada)).toContainText('Synced')
  await ada.getByRole('button', { name: 'Publish…' }).click()
  await ada.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Withdraw…' }).click()
  const dialog = ada.getByRole('alertdialog')
  await expect(dialog.getByRole('button', { name: 'Withdraw', exact: true })).toBeDisabled()
  await wholeAndAccessible(ada)
  await dialog.getByRole('button', { name: 'Leave it published' }).click()
  await ada.keyboard.press('Control+k')
  await ada.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('Withdraw')
  await expect(ada.getByRole('option', { name: /Withdraw/ })).toBeVisible()
  await ada.keyboard.press('Enter')
  await dialog.getByLabel('The reason, for readers').fill('The gulls were <i>counted</i> twice.')
  await dialog.getByRole('button', { name: 'Withdraw', exact: true }).click()
  const reader = await ada.context().newPage()
  await dialog.getByRole('link', { name: '/dispatches/001/' }).waitFor()
  const answer = await reader.goto(`${server.url}/dispatches/001/`)
  expect(answer?.status()).toBe(410)
  await expect(reader.getByText('The gulls were <i>counted</i> twice.')).toBeVisible()
  await wholeAndAccessible(reader)
  await reader.goto(`${server.url}/`)
  await expect(reader.getByText('Nothing is published yet.')).toBeVisible()
  await ada.keyboard.press('Escape')
  await ada.reload()
  await expect(ada.getByRole('button', { name: 'Review: Withdrawn by Ada' })).toBeVisible()
  await publish(owner, sample, { minor: true })
  expect((await reader.goto(`${server.url}/dispatches/001/`))?.status()).toBe(200)
})
