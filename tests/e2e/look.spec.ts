import type { Page } from '@playwright/test'
import { publishSample } from './by-request.ts'
import { expect, script, syncStatus, test } from './stage.ts'
import { wholeAndAccessible, wholeAndAccessibleNow } from './whole-and-accessible.ts'

test('L1: library, desk, prompter and published page are whole and accessible, on a phone too, light and dark', async ({
  server,
  owner,
  person,
}) => {
  test.slow()
  const ada = await person('Ada', 'owner')
  await wholeAndAccessible(ada)
  await ada.getByRole('link', { name: /^001/ }).click()
  await expect(script(ada)).not.toBeEmpty()
  await expect(syncStatus(ada)).toContainText('Synced')
  await wholeAndAccessible(ada)

  // What stands aside: the removed turns, the outline, the prompter.
  await script(ada).getByText('I would like to be fair').click()
  await ada.keyboard.press('Control+Shift+Backspace')
  await ada.keyboard.press('Control+Alt+KeyZ')
  await expect(ada.getByRole('region', { name: 'Removed turns' }).getByRole('article')).toBeVisible()
  await wholeAndAccessible(ada)
  await ada.setViewportSize({ width: 360, height: 800 })
  await ada.getByRole('button', { name: 'Outline' }).click()
  await wholeAndAccessible(ada, (width) => width === 360)
  await ada.goto(`${ada.url()}/prompter`)
  await expect(ada.getByRole('heading', { name: 'Prompter' })).toBeAttached()
  await wholeAndAccessible(ada)
  await ada.getByRole('button', { name: 'Settings' }).click()
  await expect(ada.getByRole('dialog', { name: 'Prompter settings' })).toBeVisible()
  await wholeAndAccessible(ada)

  await publishSample(owner)
  await ada.goto(`${server.url}/dispatches/001/`)
  await expect(ada.getByRole('heading', { level: 1 })).toBeVisible()
  await wholeAndAccessible(ada)
  await ada.goto(`${server.url}/`)
  await wholeAndAccessible(ada)
})

test('L1: menus, palette and find bar are whole and accessible, on a phone too, light and dark', async ({
  personAt,
  newSample,
}) => {
  test.slow()
  const ada = await personAt(await newSample(), 'Ada', 'owner')
  await script(ada).locator('.turn p').first().click()
  for (const [width, colorScheme] of [
    [360, 'light'],
    [1360, 'dark'],
  ] as const) {
    await ada.emulateMedia({ colorScheme })
    await ada.setViewportSize({ width, height: 800 })
    for (const [keys, shown] of [
      [' @', ada.getByRole('listbox', { name: 'Sources' })],
      ['Control+k', ada.getByRole('dialog', { name: 'Commands' })],
      ['Control+f', ada.getByRole('search', { name: 'Find in the script' })],
    ] as const) {
      if (keys.startsWith(' ')) await ada.keyboard.type(keys)
      else await ada.keyboard.press(keys)
      await expect(shown).toBeVisible()
      await wholeAndAccessibleNow(ada)
      await ada.keyboard.press('Escape')
      await expect(shown).toBeHidden()
    }
  }
})

test('L3: a screen reader that walks the script hears who speaks in every turn, however far from the view', async ({
  personAt,
  newSample,
}) => {
  const address = await newSample()
  const [ada, bo] = [await personAt(address, 'Ada'), await personAt(address, 'Bo')]
  await ada.setViewportSize({ width: 1360, height: 240 })
  for (const page of [ada, bo]) await expect(script(page)).not.toBeEmpty()
  const speakers = async () => (await heard(ada)).flatMap(({ name }) => (/^(orrin|pell)$/.test(name) ? [name] : []))
  const starts = async () => (await heard(ada)).filter(({ role, name }) => role === 'button' && name.startsWith('Start'))
  const alternating = Array.from(await script(ada).locator('.turn').all(), (_, nth) => (nth % 2 === 0 ? 'orrin' : 'pell'))
  expect(await speakers()).toEqual(alternating)
  expect((await starts()).length).toBeLessThan(alternating.length)

  // Still so when a colleague gives a turn to another, far from where one looks.
  const last = script(bo).locator('.turn').last()
  await last.scrollIntoViewIfNeeded()
  await last.locator('.speaker').click()
  await expect.poll(speakers).toEqual([...alternating.slice(0, -1), 'orrin'])

  // And whatever a name is made of.
  await bo.getByRole('tab', { name: 'Speakers' }).click()
  await bo.getByLabel('Speaker name').nth(1).fill('pell "of \\a; the} sea"')
  const named = async () => (await heard(ada)).filter(({ name }) => name === 'pell "of \\a; the} sea"').length
  await expect.poll(named).toBe(alternating.filter((name) => name === 'pell').length - 1)
})

/** What the browser itself tells a screen reader of the script, in order: buttons, and stretches of text. */
const heard = async (page: Page): Promise<{ role: string; name: string }[]> => {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const nodeById = new Map(nodes.map((node) => [node.nodeId, node]))
  const walk = (id: string): { role: string; name: string }[] => {
    const node = nodeById.get(id)
    const said = { role: String(node?.role?.value), name: String(node?.name?.value ?? '').trim() }
    const here = said.role === 'button' || said.role === 'StaticText' ? [said] : []
    return [...here, ...(node?.childIds ?? []).flatMap(walk)]
  }
  const box = nodes.find(({ role, name }) => role?.value === 'textbox' && name?.value === 'Script')
  // The name of a speaker is a button and the text in it; it is heard once.
  return walk(box?.nodeId ?? '').filter(({ role, name }, nth, all) => role !== 'StaticText' || all[nth - 1]?.name !== name)
}
