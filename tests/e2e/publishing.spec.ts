import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, script, syncStatus, test, title } from './stage.ts'

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
  await ada.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish revision 2' }).click()
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
  expect(Object.keys(manifest.files).sort()).toEqual(
    ['041.json', '041.md', '041.txt', 'index.html'].map((name) => `dispatches/041/${name}`),
  )
  const before = await stat(join(site, 'dispatches/041/index.html'))
  await server.bot('export', '--published', '--out', site)
  expect((await stat(join(site, 'dispatches/041/index.html'))).mtimeMs).toBe(before.mtimeMs)
  await rm(folder, { recursive: true })
})
