import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, script, syncStatus, test, title } from './stage.ts'

test.use({ sharesServer: true })

const captions = `WEBVTT

00:00:01.000 --> 00:00:03.000
<v Oda>The lamp was out

00:00:03.000 --> 00:00:05.000
for nine nights.

00:00:06.000 --> 00:00:08.000
<v Fenn>[sighs] And nobody wrote it down.
`

const folderOf = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'stet-files-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

const choose = async (page: Page, button: string, file: string) => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: button }).click()])
  await chooser.setFiles(file)
}

test('I3: a file of captions becomes a dispatch with its speakers and starts, and goes out again as captions', async ({
  person,
}) => {
  const folder = await folderOf({ 'lamp talk.vtt': captions, 'broken.srt': '1\n00:00:00,000 --> 00:00:02,000\nHi\n\nHo\nHum' })
  const ada = await person('Ada')
  await choose(ada, 'Import a file', join(folder, 'broken.srt'))
  await expect(ada.getByRole('alert')).toContainText('broken.srt, line 6: found "Hum", expected a timing')

  await choose(ada, 'Import a file', join(folder, 'lamp talk.vtt'))
  await expect(title(ada)).toHaveValue('lamp talk')
  await expect(script(ada)).toContainText('The lamp was out for nine nights.')
  await expect(script(ada)).toContainText('0:06')

  await script(ada).focus()
  await ada.keyboard.press('Control+k')
  await ada.keyboard.type('captions webvtt')
  await expect(ada.getByRole('option', { name: /WebVTT/ })).toBeVisible()
  const [download] = await Promise.all([ada.waitForEvent('download'), ada.keyboard.press('Enter')])
  expect(download.suggestedFilename()).toBe('lamp-talk.vtt')
  const written = await readFile(await download.path(), 'utf8')
  expect(written).toContain('00:00:06.000 --> ')
  expect(written).toContain('<v Fenn>[sighs] And nobody wrote it down.')

  await ada.keyboard.press('Control+k')
  await ada.keyboard.type('export all')
  const [zip] = await Promise.all([ada.waitForEvent('download'), ada.keyboard.press('Enter')])
  expect(zip.suggestedFilename()).toBe('lamp-talk.zip')
  expect((await readFile(await zip.path())).subarray(0, 2).toString()).toBe('PK')
  await rm(folder, { recursive: true })
})

test('I5: sources come in from a file as one step, and those that are there already stay out', async ({ person }) => {
  const folder = await folderOf({
    'refs.bib':
      '@article{a, title = {The first ledger}, url = {https://coast.example/1}}\n@misc{b, title = {A letter}, url = {https://coast.example/2}}',
    'links.txt': 'https://coast.example/2\nhttps://coast.example/3\n',
    'faulty.bib': '@article{a,\n  title {The first}}',
  })
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await expect(syncStatus(ada)).toContainText('Synced')
  const sources = ada.getByRole('region', { name: 'Sources' })
  const numbers = sources.getByRole('article')

  await choose(ada, 'Import sources…', join(folder, 'refs.bib'))
  await expect(ada.getByText('Imported 2 sources.')).toBeVisible()
  await expect(numbers).toHaveCount(2)
  await choose(ada, 'Import sources…', join(folder, 'links.txt'))
  await expect(ada.getByText('Imported 1 source; 1 was here already.')).toBeVisible()
  await expect(numbers).toHaveCount(3)
  await choose(ada, 'Import sources…', join(folder, 'links.txt'))
  await expect(sources.getByText('All 2 sources in it are here already.')).toBeVisible()
  await choose(ada, 'Import sources…', join(folder, 'faulty.bib'))
  await expect(sources.getByText('faulty.bib, line 2: found "  title {The first}}", expected "=" behind')).toBeVisible()
  await expect(numbers).toHaveCount(3)

  await script(ada).focus()
  await ada.keyboard.press('Control+z')
  await expect(numbers).toHaveCount(2)
  await ada.keyboard.press('Control+z')
  await expect(numbers).toHaveCount(0)
  await rm(folder, { recursive: true })
})
