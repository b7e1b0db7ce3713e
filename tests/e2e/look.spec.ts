import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, script, syncStatus, test } from './stage.ts'

const accessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

/** Nothing reaches over the right edge of the page. */
const wholeWidth = async (page: Page) => {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  expect(content).toBeLessThanOrEqual(window ?? 0)
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1360, 360])
    test(`L1: library, desk, prompter and published page are whole and accessible at ${width} px, ${colorScheme}`, async ({
      server,
      person,
    }) => {
      const ada = await person('Ada', 'owner')
      await ada.emulateMedia({ colorScheme })
      await ada.setViewportSize({ width, height: 800 })
      await accessible(ada)
      await wholeWidth(ada)
      await ada.getByRole('link', { name: /^001/ }).click()
      await expect(script(ada)).not.toBeEmpty()
      await expect(syncStatus(ada)).toContainText('Synced')
      await accessible(ada)
      await wholeWidth(ada)

      // What stands aside: the removed turns, the outline, the prompter.
      await script(ada).getByText('I would like to be fair').click()
      await ada.keyboard.press('Control+Shift+Backspace')
      await ada.keyboard.press('Control+Alt+KeyZ')
      await expect(ada.getByRole('region', { name: 'Removed turns' }).getByRole('article')).toBeVisible()
      await accessible(ada)
      await wholeWidth(ada)
      if (width < 1000) {
        await ada.getByRole('button', { name: 'Outline' }).click()
        await accessible(ada)
        await wholeWidth(ada)
      }
      await ada.goto(`${ada.url()}/prompter`)
      await expect(ada.getByRole('heading', { name: 'Prompter' })).toBeAttached()
      await accessible(ada)
      await wholeWidth(ada)
      await ada.getByRole('button', { name: 'Settings' }).click()
      await expect(ada.getByRole('dialog', { name: 'Prompter settings' })).toBeVisible()
      await accessible(ada)
      await wholeWidth(ada)

      await server.bot('publish', '001')
      await ada.goto(`${server.url}/dispatches/001/`)
      await expect(ada.getByRole('heading', { level: 1 })).toBeVisible()
      await accessible(ada)
      await wholeWidth(ada)
      await ada.goto(`${server.url}/`)
      await accessible(ada)
      await wholeWidth(ada)
    })

for (const [width, colorScheme] of [
  [360, 'light'],
  [1360, 'dark'],
] as const)
  test(`L1: menus, palette and find bar are whole and accessible at ${width} px, ${colorScheme}`, async ({ person }) => {
    const ada = await person('Ada', 'owner')
    await ada.emulateMedia({ colorScheme })
    await ada.setViewportSize({ width, height: 800 })
    await ada.getByRole('link', { name: /^001/ }).click()
    await script(ada).locator('.turn p').first().click()
    for (const [keys, shown] of [
      [' @', ada.getByRole('listbox', { name: 'Sources' })],
      ['Control+k', ada.getByRole('dialog', { name: 'Commands' })],
      ['Control+f', ada.getByRole('search', { name: 'Find in the script' })],
    ] as const) {
      if (keys.startsWith(' ')) await ada.keyboard.type(keys)
      else await ada.keyboard.press(keys)
      await expect(shown).toBeVisible()
      await accessible(ada)
      await wholeWidth(ada)
      await ada.keyboard.press('Escape')
      await expect(shown).toBeHidden()
    }
  })

test('L3: a screen reader that walks the script hears who speaks in every turn, however far from the view', async ({
  person,
}) => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  await ada.setViewportSize({ width: 1360, height: 240 })
  for (const page of [ada, bo]) {
    await page.getByRole('link', { name: /^001/ }).click()
    await expect(script(page)).not.toBeEmpty()
  }
  const heard = async (name: RegExp) => (await script(ada).ariaSnapshot()).match(name) ?? []
  const speakers = () => heard(/(?<=button ")(orrin|pell)(?=")/g)
  const alternating = Array.from(await script(ada).locator('.turn').all(), (_, nth) => (nth % 2 === 0 ? 'orrin' : 'pell'))
  expect(await speakers()).toEqual(alternating)
  expect((await heard(/button "Start/g)).length).toBeLessThan(alternating.length)

  // Still so when a colleague gives a turn to another, far from where one looks.
  await script(bo).locator('.turn .speaker').last().click()
  await expect.poll(speakers).toEqual([...alternating.slice(0, -1), 'orrin'])
})
