import type { Page } from '@playwright/test'
import { expect, type Person, type PersonAt, script, syncStatus, test, title, words } from './stage.ts'
import { wholeAndAccessible } from './whole-and-accessible.ts'

test.use({ sharesServer: true })

const panel = (page: Page) => page.getByRole('region', { name: 'History' })
const sessions = (page: Page) => panel(page).getByRole('listbox', { name: 'Sessions' })
const synced = (page: Page) => expect(syncStatus(page)).toContainText('Synced')
const openHistory = (page: Page) => page.keyboard.press('Control+Alt+KeyY')
const change = (page: Page, words: string) => panel(page).getByRole('article').filter({ hasText: words })

/** Ada writes three turns; Bo changes the second and adds a fourth. */
const twoWriters = async ({ person, personAt }: { person: Person; personAt: PersonAt }) => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  for (const turn of ['The first turn.', 'The second turn.', 'The third turn.']) {
    await ada.keyboard.type(turn)
    if (!turn.includes('third')) await ada.keyboard.press('Enter')
  }
  await synced(ada)
  const bo = await personAt(ada.url(), 'Bo')
  await expect(script(bo)).toContainText('The third turn.')
  return [ada, bo] as const
}
const boWrites = async (bo: Page) => {
  await script(bo).getByText('The second turn.').click()
  await bo.keyboard.press('Home')
  await bo.keyboard.press('Control+ArrowRight')
  await bo.keyboard.press('Control+Shift+ArrowRight')
  await bo.keyboard.type(' other')
  await script(bo).getByText('The third turn.').click()
  await bo.keyboard.press('End')
  await bo.keyboard.press('Enter')
  await bo.keyboard.type('A fourth turn.')
  await synced(bo)
}

test('H4, H5: history shows who wrote what, by turn and word, and one turn is restored and taken back', async ({
  person,
  personAt,
}) => {
  const [ada, bo] = await twoWriters({ person, personAt })
  const before = await words(ada)
  await boWrites(bo)
  await expect(script(ada)).toContainText('A fourth turn.')
  const after = await words(ada)

  await openHistory(ada)
  const [newest, first] = [sessions(ada).getByRole('option').first(), sessions(ada).getByRole('option').nth(1)]
  await expect(newest).toContainText('Bo')
  await expect(newest).toContainText('just now')
  await expect(newest).toContainText(/\d+ characters written, \d+ erased/)
  await expect(first).toContainText('Ada (you)')

  // The keys lead to the list; arrows and Enter into it, Escape back to where one was.
  await expect(newest).toBeFocused()
  await ada.keyboard.press('ArrowDown')
  await expect(first).toBeFocused()
  await ada.keyboard.press('Enter')
  await expect(panel(ada).getByRole('heading', { name: 'Ada', exact: true })).toBeFocused()
  await ada.keyboard.press('Escape')
  await expect(first).toBeFocused()
  await ada.keyboard.press('ArrowUp')
  await ada.keyboard.press('Enter')

  const second = change(ada, 'other')
  await expect(second.locator('del')).toHaveText('Erased: second. ')
  await expect(second.locator('ins')).toHaveText('Inserted: other. ')
  await expect(change(ada, 'A fourth turn.')).toContainText('added')
  await expect(panel(ada).getByRole('article')).toHaveCount(2)

  await second.getByRole('button', { name: 'Restore this turn as before' }).click()
  for (const page of [ada, bo]) await expect.poll(() => words(page)).toBe(`${before}A fourth turn.`)
  const line = ada.getByRole('status').filter({ hasText: 'Turn restored.' })
  await line.getByRole('button', { name: /^Undo/ }).click()
  for (const page of [ada, bo]) await expect.poll(() => words(page)).toBe(after)
  await expect(line).toHaveCount(0)
})

test('H5, H6: all is restored as it stood at a named moment, after a question, and one undo takes it back', async ({
  person,
  personAt,
}) => {
  const [ada, bo] = await twoWriters({ person, personAt })
  await title(ada).fill('The lamp')
  await synced(ada)
  await openHistory(ada)
  await panel(ada).getByRole('button', { name: 'Name this moment' }).click()
  await ada.getByLabel('Name of the present moment').fill('Before Bo')
  await ada.keyboard.press('Enter')
  const named = sessions(ada).getByRole('option', { name: /^Before Bo/ })
  await expect(named).toContainText('named by Ada')
  const before = await words(ada)

  await expect(title(bo)).toHaveValue('The lamp')
  await title(bo).fill('The lantern')
  await boWrites(bo)
  await expect(script(ada)).toContainText('A fourth turn.')
  const after = await words(ada)

  await named.click()
  await expect(panel(ada).getByRole('heading', { name: 'Before Bo' })).toBeVisible()
  await expect(change(ada, 'The second turn.')).toContainText('otherwise by now')
  await panel(ada).getByRole('button', { name: 'Restore all…' }).click()
  const question = ada.getByRole('alertdialog', { name: 'Restore all?' })
  await expect(question).toContainText('one undo takes it back')
  await question.getByRole('button', { name: 'Restore all' }).click()
  for (const page of [ada, bo]) {
    await expect.poll(() => words(page)).toBe(before)
    await expect(title(page)).toHaveValue('The lamp')
  }
  await expect(ada.getByRole('status').filter({ hasText: 'All restored as it stood today' })).toBeVisible()

  // What Bo writes meanwhile stays; the undo takes back what the restoring did, and no more.
  await script(bo).getByText('The first turn.').click()
  await bo.keyboard.press('End')
  await bo.keyboard.type(' More.')
  await expect(script(ada)).toContainText('The first turn. More.')
  await script(ada).getByText('The third turn.').click()
  await ada.keyboard.press('Control+z')
  for (const page of [ada, bo]) {
    await expect.poll(() => words(page)).toBe(after?.replace('first turn.', 'first turn. More.'))
    await expect(title(page)).toHaveValue('The lantern')
  }

  await panel(ada).getByRole('button', { name: 'Forget the name' }).click()
  await expect(named).toHaveCount(0)
})

test('H7: a viewer sees history and can restore nothing; without the server it says so, and comes back by itself', async ({
  person,
  personAt,
}) => {
  const [ada] = await twoWriters({ person, personAt })
  const vi = await personAt(ada.url(), 'Vi', 'viewer')
  await vi.getByRole('tab', { name: 'History' }).click()
  await sessions(vi).getByRole('option').first().click()
  await expect(change(vi, 'The first turn.')).toBeVisible()
  await panel(vi).getByRole('button', { name: 'Show the whole script as it stood' }).click()
  await expect(change(vi, 'The third turn.')).toBeVisible()
  await expect(panel(vi).getByRole('button', { name: /Restore|Name this/ })).toHaveCount(0)
  await panel(vi).getByRole('button', { name: 'All sessions' }).click()
  await expect(sessions(vi)).toBeVisible()
  await expect(panel(vi).getByRole('button', { name: /Restore|Name this/ })).toHaveCount(0)

  await ada.context().setOffline(true)
  await openHistory(ada)
  await expect(panel(ada).getByRole('alert')).toContainText('kept by the server')
  await ada.context().setOffline(false)
  await expect(sessions(ada).getByRole('option').first()).toContainText('Ada (you)')
})

test('L1: history and what was missed are whole and accessible, on a phone too, light and dark', async ({ person, personAt }) => {
  test.slow()
  const [ada, bo] = await twoWriters({ person, personAt })
  await ada.getByRole('link', { name: 'stet, all dispatches' }).click()
  await boWrites(bo)
  await ada.goto(bo.url())
  const bar = ada.getByRole('region', { name: 'While you were away' })
  await expect(bar).toContainText('Bo changed 1 turn and added 1 turn.')
  await wholeAndAccessible(ada)
  await bar.getByRole('button', { name: 'Show' }).click()
  await expect(change(ada, 'other')).toBeVisible()
  await wholeAndAccessible(ada)
  await panel(ada).getByRole('button', { name: 'All sessions' }).click()
  await expect(sessions(ada).getByRole('option').first()).toBeVisible()
  await panel(ada).getByRole('button', { name: 'Name this moment' }).click()
  await wholeAndAccessible(ada)
  await sessions(ada).getByRole('option').nth(1).click()
  await expect(change(ada, 'The first turn.')).toBeVisible()
  await wholeAndAccessible(ada)
  await panel(ada).getByRole('button', { name: 'Show the whole script as it stood' }).click()
  await expect(change(ada, 'otherwise by now')).toBeVisible()
  await wholeAndAccessible(ada)
  await panel(ada).getByRole('button', { name: 'Restore all…' }).click()
  await expect(ada.getByRole('alertdialog')).toBeVisible()
  await wholeAndAccessible(ada)
})
