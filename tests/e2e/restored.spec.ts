import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, script, syncStatus, test, title, words } from './stage.ts'

test('V12, V13: a restored older backup is brought up to date by the desks, those that are open and those that are not', async ({
  person,
  server,
}) => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await title(ada).fill('The tide table')
  await script(ada).click()
  await ada.keyboard.type('Before the backup.')
  await expect(syncStatus(ada)).toContainText('Synced')
  const address = ada.url()
  const backup = join(server.data, 'backup.sqlite')
  expect(await server.command('backup', backup)).toContain('all sound')

  await script(ada).getByText('Before the backup.').click()
  await ada.keyboard.press('End')
  await ada.keyboard.type(' After it.')
  await expect(syncStatus(ada)).toContainText('Synced')
  await bo.getByRole('button', { name: 'New dispatch' }).click()
  await title(bo).fill('Born after the backup')
  await script(bo).click()
  await bo.keyboard.type('Only here.')
  await expect(syncStatus(bo)).toContainText('Synced')
  // Bo has closed it: nobody has it open when the server comes back.
  await bo.goto(`${server.url}/desk/`)

  await server.pause(() => server.command('restore', '--force', backup))
  await expect(syncStatus(ada)).toContainText('Synced', { timeout: 30_000 })
  await bo.reload()
  await expect(bo.getByRole('link', { name: /Born after the backup/ })).toBeVisible()

  const cleo = await person('Cleo')
  await cleo.goto(address)
  await expect.poll(() => words(cleo), { timeout: 20_000 }).toBe('Before the backup. After it.')
  await expect(async () => {
    await cleo.goto(`${server.url}/desk/`)
    await cleo.getByRole('link', { name: /Born after the backup/ }).click({ timeout: 2_000 })
    expect(await words(cleo)).toBe('Only here.')
  }).toPass({ timeout: 60_000 })
})

test('V11: a desk says that the server’s copy is damaged, lets one read, and goes on once it is repaired', async ({
  person,
  server,
}, testInfo) => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('Written before the damage.')
  await expect(syncStatus(ada)).toContainText('Synced')
  await server.pause(async () => alterLastEntry(server.data, new URL(ada.url()).pathname.split('/').at(-1) ?? ''))
  const notice = ada.getByRole('note', { name: 'Read only' })
  await expect(notice).toContainText('the server’s copy of this dispatch is damaged', { timeout: 30_000 })
  await expect(syncStatus(ada)).toContainText('Damaged')
  expect(await words(ada)).toBe('Written before the damage.')
  await ada.screenshot({ path: testInfo.outputPath('damaged.png') })

  await expect(server.command('verify')).rejects.toThrow('ended with 1')
  await server.pause(() => server.command('repair'))
  await expect(syncStatus(ada)).toContainText('Synced', { timeout: 30_000 })
  await expect(notice).toHaveCount(0)
  const bo = await person('Bo')
  await bo.goto(ada.url())
  await expect.poll(() => words(bo)).toBe('Written before the damage.')
})

const alterLastEntry = (data: string, dispatch: string) => {
  const db = new DatabaseSync(join(data, 'log.sqlite'))
  const { changes } = db
    .prepare("UPDATE entries SET bytes = x'0000' WHERE room = ? AND seq = (SELECT max(seq) FROM entries WHERE room = ?)")
    .run(dispatch, dispatch)
  db.close()
  expect(changes).toBe(1)
}
