import type { Page } from '@playwright/test'
import { expect, script, test, words } from './stage.ts'

test.use({ sharesServer: true })

/** Everything here is done with the keyboard alone, from the first turn on. */

/** The blocks of the script as they read: who speaks, and what. */
const blocks = (page: Page) =>
  script(page).evaluate((box) =>
    [...box.children].map((block) => {
      const copy = (block.querySelector(':scope > p, :scope > h2') ?? block).cloneNode(true) as Element
      for (const beside of copy.querySelectorAll('.others-caret, .cite-number')) beside.remove()
      for (const cue of copy.querySelectorAll('.cue')) cue.replaceWith(`[${cue.textContent}]`)
      const name = (block as HTMLElement).style.getPropertyValue('--name')
      const who = block.querySelector('.speaker')?.textContent ?? name.replaceAll('"', '')
      return `${who || block.className || block.tagName.toLowerCase()}: ${copy.textContent}`
    }),
  )

const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name })
const activeOption = (page: Page) =>
  script(page).evaluate((box) => document.getElementById(box.getAttribute('aria-activedescendant') ?? '')?.textContent ?? null)

/** A dispatch of two hosts, with the caret in its first turn. */
const twoHosts = async (page: Page) => {
  await page.getByRole('button', { name: 'New dispatch' }).click()
  await page.getByRole('tab', { name: 'Speakers' }).click()
  await page.getByRole('button', { name: 'Add speaker' }).click()
  await page.getByLabel('Speaker name').last().fill('Bo')
  await page.getByRole('tab', { name: /Sources/ }).click()
  await script(page).click()
}

test('W8: the keys of the script do what the palette says of them', async ({ person }) => {
  const ada = await person('Ada')
  await twoHosts(ada)
  const { keyboard } = ada
  await keyboard.type('One two')
  await keyboard.press('Enter')
  await keyboard.type('Three')
  expect(await blocks(ada)).toEqual(['Ada: One two', 'Bo: Three'])

  for (let letter = 0; letter < 3; letter += 1) await keyboard.press('ArrowLeft')
  await keyboard.press('Enter')
  expect(await blocks(ada)).toEqual(['Ada: One two', 'Bo: Th', 'Bo: ree'])
  await keyboard.press('Backspace')
  expect(await blocks(ada)).toEqual(['Ada: One two', 'Bo: Three'])
  await keyboard.press('Control+Enter')
  expect(await blocks(ada)).toEqual(['Ada: One two', 'Bo: Th', 'Ada: ree'])
  await keyboard.press('Tab')
  expect(await blocks(ada)).toEqual(['Ada: One two', 'Bo: Th', 'Bo: ree'])
  await keyboard.press('Alt+ArrowUp')
  await keyboard.press('Alt+ArrowUp')
  await keyboard.type('x')
  expect(await blocks(ada)).toEqual(['Bo: xree', 'Ada: One two', 'Bo: Th'])
  await keyboard.press('Alt+ArrowDown')
  expect(await blocks(ada)).toEqual(['Ada: One two', 'Bo: xree', 'Bo: Th'])
  await keyboard.press('Control+Shift+Backspace')
  expect(await blocks(ada)).toEqual(['Ada: One two', 'Bo: Th'])
  await keyboard.press('Control+z')
  expect(await blocks(ada)).toEqual(['Ada: One two', 'Bo: xree', 'Bo: Th'])
  await expect(ada.getByRole('contentinfo')).toContainText('4 words · 3 turns')

  await keyboard.press('Control+Alt+c')
  await keyboard.type('Part')
  await keyboard.press('ArrowRight')
  await keyboard.press('Backspace')
  await keyboard.type('!')
  expect((await blocks(ada)).filter((block) => block.startsWith('chapter'))).toEqual(['chapter: Part!'])
  expect((await blocks(ada)).length).toBe(4)
})

test('W12: a key acts where the caret is, however soon it follows the key that moved the caret there', async ({ person }) => {
  const ada = await person('Ada')
  await twoHosts(ada)
  await ada.keyboard.type('One two')
  // Within one task, so that the page has not yet told that the caret moved.
  await script(ada).evaluate((box) => {
    getSelection()?.modify('move', 'backward', 'word')
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }))
  })
  await ada.keyboard.type('and ')
  expect(await blocks(ada)).toEqual(['Ada: One ', 'Ada: and two'])
})

test('W6: the palette finds a command by its name, does it and gives the script back; a slash does the same in place', async ({
  person,
}) => {
  const ada = await person('Ada', 'owner')
  await twoHosts(ada)
  await ada.keyboard.type('One')
  await ada.keyboard.press('Enter')
  await ada.keyboard.type('Two')
  await ada.keyboard.press('Control+k')
  const palette = ada.getByRole('dialog', { name: 'Commands' })
  await expect(palette.getByRole('option', { name: /^Move the block up Alt\+↑/ })).toBeVisible()
  await expect(palette.getByRole('option', { name: /Make it a heading/ })).toHaveCount(0)
  await ada.keyboard.type('blk up')
  await expect(palette.getByRole('option')).toHaveCount(1)
  await ada.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await ada.keyboard.type('!')
  expect(await blocks(ada)).toEqual(['Bo: Two!', 'Ada: One'])

  await ada.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  await ada.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await ada.keyboard.type('?')
  await ada.keyboard.press('Enter')
  await ada.keyboard.type('/chap')
  await expect(ada.getByRole('listbox', { name: 'Commands' })).toBeVisible()
  expect(await activeOption(ada)).toContain('New chapter here')
  await ada.keyboard.press('Enter')
  await ada.keyboard.type('Part and/or whole')
  expect(await blocks(ada)).toEqual(['Bo: Two!?', 'chapter: Part and/or whole', 'Ada: One'])

  await ada.keyboard.press('Control+k')
  await ada.keyboard.type('title')
  await ada.keyboard.press('Enter')
  await expect(ada.getByRole('textbox', { name: 'Title', exact: true })).toBeFocused()
  await ada.keyboard.press('Control+k')
  await ada.keyboard.type('part and')
  await ada.keyboard.press('Enter')
  await expect(script(ada)).toBeFocused()
  await ada.keyboard.type('3 ')
  expect((await blocks(ada))[1]).toBe('chapter: 3 Part and/or whole')
  for (const [typed, opened] of [
    ['publish', 'Publish'],
    ['invite', 'Invite'],
  ]) {
    await ada.keyboard.press('Control+k')
    await ada.keyboard.type(typed ?? '')
    await ada.keyboard.press('Enter')
    await expect(ada.getByRole('dialog', { name: opened ?? '' })).toBeVisible()
    await ada.keyboard.press('Escape')
    await expect(ada.getByRole('dialog')).toHaveCount(0)
  }
  await script(ada).focus()
  await ada.keyboard.press('Control+k')
  await ada.keyboard.type('export text')
  const [download] = await Promise.all([ada.waitForEvent('download'), ada.keyboard.press('Enter')])
  expect(download.suggestedFilename()).toBe('Untitled.txt')
})

/** The program of the palette is asked for, and does not come before it is released. */
const holdBackPalette = async (page: Page) => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.context().route(/assets\/picker-[^/]+\.js$/, async (route) => {
    ask()
    await released
    await route.continue()
  })
  return { asked, release }
}

test('W6: keys that follow Mod-K go into the palette, however late that comes', async ({ person }) => {
  const ada = await person('Ada')
  const { asked, release } = await holdBackPalette(ada)
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type('Said. ')
  await asked
  await ada.keyboard.press('Control+k')
  await ada.keyboard.type('prom')
  release()
  const palette = ada.getByRole('dialog', { name: 'Commands' })
  await expect(palette.getByRole('combobox')).toHaveValue('prom')
  await expect(palette.getByRole('combobox')).toBeFocused()
  await expect(palette.getByRole('option', { name: /Prompter/ })).toBeVisible()
  await ada.keyboard.press('Escape')
  await expect(script(ada)).toBeFocused()
  expect(await words(ada)).toBe('Said. ')
})

test('W6: what was typed before the palette came is picked by Enter after it came', async ({ person }) => {
  const ada = await person('Ada')
  const { release } = await holdBackPalette(ada)
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.press('Control+k')
  await ada.keyboard.type('export text')
  release()
  await expect(ada.getByRole('option', { name: /^Export as/ })).toBeVisible()
  const [download] = await Promise.all([ada.waitForEvent('download'), ada.keyboard.press('Enter')])
  expect(download.suggestedFilename()).toBe('Untitled.txt')
})

test('W6: Enter that follows Mod-K picks what was typed, however late the palette comes', async ({ person }) => {
  const ada = await person('Ada')
  const { asked, release } = await holdBackPalette(ada)
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await asked
  await ada.keyboard.press('Control+k')
  await ada.keyboard.type('export text')
  await ada.keyboard.press('Enter')
  const download = ada.waitForEvent('download')
  release()
  expect((await download).suggestedFilename()).toBe('Untitled.txt')
  await expect(script(ada)).toBeFocused()
})

test('W4, W5: cues and sources are picked by typing, and what was typed for them goes', async ({ person }) => {
  const ada = await person('Ada')
  await twoHosts(ada)
  for (const title of ['The tide table', 'Keeper’s log']) {
    await ada.getByRole('textbox', { name: /New source/ }).fill(title)
    await ada.getByRole('button', { name: 'Add source' }).click()
  }
  await script(ada).focus()
  const { keyboard } = ada

  await keyboard.type('So [la')
  await expect(ada.getByRole('listbox', { name: 'Cues' })).toBeVisible()
  await keyboard.press('Tab')
  await keyboard.type(' [sighs] it fell. ')
  expect(await blocks(ada)).toEqual(['Ada: So [laughs] [sighs] it fell. '])
  await keyboard.type('[x')
  await keyboard.press('Escape')
  await expect(ada.getByRole('listbox')).toHaveCount(0)
  await keyboard.press('Backspace')
  await keyboard.press('Backspace')

  await keyboard.type('@log')
  await expect(ada.getByRole('listbox', { name: 'Sources' })).toBeVisible()
  expect(await activeOption(ada)).toContain('Keeper’s log')
  await keyboard.press('Enter')
  await expect(script(ada).locator('.cite-number')).toHaveText('2')
  expect(await blocks(ada)).toEqual(['Ada: So [laughs] [sighs] it fell. '])
  await keyboard.type('ada@tide.example')
  await expect(ada.getByRole('listbox')).toHaveCount(0)

  await keyboard.press('Control+Shift+c')
  const picker = ada.getByRole('dialog', { name: 'Cite a source' })
  await keyboard.type('1')
  await expect(picker.getByRole('option').first()).toContainText('The tide table')
  await keyboard.press('Enter')
  await expect(picker).toBeHidden()
  await expect(script(ada).locator('.cite-number')).toHaveText(['2', '1'])

  await keyboard.press('Control+a')
  await keyboard.type('@')
  await expect(picker).toBeVisible()
  await keyboard.type('https://log.example/42')
  await expect(option(ada, /Add .*log\.example\/42/)).toBeVisible()
  await keyboard.press('Enter')
  await expect(ada.getByRole('region', { name: 'Sources' }).getByRole('article')).toHaveCount(3)
  await expect(script(ada).locator('.cite-number').filter({ hasText: '3' })).toHaveCount(1)
  await keyboard.press('ArrowRight')
  await keyboard.press('Control+z')
  await expect(script(ada).locator('.cite-number')).toHaveText(['2', '1'])
})

test('W7: find goes through the script as one types, replace is one step back', async ({ person }) => {
  const ada = await person('Ada')
  await twoHosts(ada)
  const { keyboard } = ada
  await keyboard.type('The tide fell')
  await keyboard.press('Enter')
  await keyboard.type('What tide, whose Tides')
  await keyboard.press('Control+f')
  const bar = ada.getByRole('search', { name: 'Find in the script' })
  const count = bar.getByRole('status')
  await keyboard.type('tide')
  await expect(count).toHaveText('1 of 3')
  await expect(script(ada).locator('.found')).toHaveCount(3)
  await keyboard.press('Enter')
  await expect(count).toHaveText('2 of 3')
  await keyboard.press('Shift+Enter')
  await expect(count).toHaveText('1 of 3')
  await keyboard.press('Control+g')
  await expect(count).toHaveText('2 of 3')

  const press = async (name: string) => {
    await bar.getByRole('button', { name, exact: true }).focus()
    await keyboard.press('Space')
  }
  await press('Whole words')
  await expect(count).toHaveText('2 of 2')
  await press('Whole words')
  await press('Match case')
  await expect(count).toHaveText('2 of 2')
  await press('Match case')
  await bar.getByRole('button', { name: /Turns of/ }).focus()
  await keyboard.press('Space')
  await ada.getByRole('option', { name: 'Bo' }).press('Enter')
  await expect(count).toHaveText('1 of 2')

  await press('Replace')
  await keyboard.type('ebb')
  await press('Replace all')
  await expect(count).toHaveText('2 replaced')
  expect(await blocks(ada)).toEqual(['Ada: The tide fell', 'Bo: What ebb, whose ebbs'])
  await keyboard.press('Escape')
  await expect(bar).toBeHidden()
  await expect(script(ada)).toBeFocused()
  await keyboard.press('Control+z')
  expect(await words(ada)).toBe('The tide fellWhat tide, whose Tides')
})

test('W9: an essay is written in the same editor, with marks at the start of a block', async ({ person }) => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New essay' }).click()
  await script(ada).click()
  const { keyboard } = ada
  await keyboard.type('## On tides')
  await keyboard.press('Enter')
  await keyboard.type('- one')
  await keyboard.press('Enter')
  await keyboard.type('two')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.type('> so it is said')
  await keyboard.press('Enter')
  await keyboard.type('### Below')
  expect(await blocks(ada)).toEqual(['h2: On tides', 'bullet: one', 'bullet: two', 'blockquote: so it is said', 'h3: Below'])
  await keyboard.press('Home')
  await keyboard.press('Backspace')
  expect((await blocks(ada)).at(-1)).toBe('paragraph: Below')
  await keyboard.press('Control+Alt+9')
  expect((await blocks(ada)).at(-1)).toBe('blockquote: Below')
  await keyboard.press('End')
  await keyboard.press('Enter')
  await keyboard.type('## ')
  await keyboard.press('Control+z')
  expect((await blocks(ada)).at(-1)).toBe('paragraph: ## ')
  await expect(ada.getByRole('contentinfo')).toContainText('9 words')
})

test('W10: the script is spelled in the language of its dispatch, and each block runs its own way', async ({ person }) => {
  const ada = await person('Ada')
  await twoHosts(ada)
  await ada.keyboard.type('שלום')
  const turn = script(ada).locator('.turn p')
  expect(await turn.evaluate((block) => getComputedStyle(block).direction)).toBe('rtl')
  await expect(script(ada)).toHaveAttribute('lang', 'en')
  const language = ada.getByRole('combobox', { name: 'Language' })
  await language.fill('Heb')
  await ada.getByRole('option', { name: 'Hebrew' }).waitFor()
  await language.press('ArrowDown')
  await language.press('Enter')
  await expect(script(ada)).toHaveAttribute('lang', 'he')
  await language.fill('fr-LU')
  await language.press('Tab')
  await expect(script(ada)).toHaveAttribute('lang', 'fr-LU')
  await expect(language).toHaveValue(/French/)
  await language.fill('no such tongue')
  await language.press('Tab')
  await expect(language).toHaveValue(/French/)
})

test('W3: who only reads is told so, may find and go about, and is offered nothing that writes', async ({ person, personAt }) => {
  const ada = await person('Ada')
  await twoHosts(ada)
  await ada.keyboard.type('Only the tide is read.')
  const vic = await personAt(ada.url(), 'Vic', 'viewer')
  await expect(script(vic)).toContainText('Only the tide')
  await expect(script(vic)).toHaveAttribute('contenteditable', 'false')
  await expect(vic.getByRole('note', { name: 'Read only' })).toContainText('you are a viewer')
  await vic.keyboard.press('Control+k')
  const palette = vic.getByRole('dialog', { name: 'Commands' })
  await expect(palette.getByRole('option', { name: 'Summary' })).toBeVisible()
  for (const name of [/Move the block/, /Cite a source/, /Publish/, /Add a source/, /Undo/])
    await expect(palette.getByRole('option', { name })).toHaveCount(0)
  await vic.keyboard.type('find')
  await vic.keyboard.press('Enter')
  await vic.keyboard.type('tide')
  const bar = vic.getByRole('search', { name: 'Find in the script' })
  await expect(bar.getByRole('status')).toHaveText('1 of 1')
  await expect(bar.getByRole('button', { name: 'Replace' })).toHaveCount(0)
})
