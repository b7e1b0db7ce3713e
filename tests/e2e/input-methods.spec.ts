import type { CDPSession, Page } from '@playwright/test'
import { expect, type Person, type PersonAt, script, test, words } from './stage.ts'

test.use({ sharesServer: true })

/** What an input method does: a preview that changes letter by letter, then what it stands for. */
const composing = async (page: Page) => {
  const devtools: CDPSession = await page.context().newCDPSession(page)
  return {
    show: (text: string) =>
      devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }),
    commit: (text: string) => devtools.send('Input.insertText', { text }),
  }
}

/** Ada and Bo at one script of one turn, both carets at its end. */
const together = async ({ person, personAt }: { person: Person; personAt: PersonAt }, text: string) => {
  const ada = await person('Ada')
  await ada.getByRole('button', { name: 'New dispatch' }).click()
  await script(ada).click()
  await ada.keyboard.type(text)
  const bo = await personAt(ada.url(), 'Bo')
  await expect.poll(() => words(bo)).toBe(text)
  await script(bo).getByText(text.trim()).click()
  await bo.keyboard.press('End')
  const bothRead = async (wanted: string) => {
    await expect.poll(() => words(ada)).toBe(wanted)
    await expect.poll(() => words(bo)).toBe(wanted)
  }
  return { ada, bo, bothRead }
}

test('W11: what an input method composes stands once, whatever a colleague does to the turn meanwhile, and given up leaves no trace', async ({
  person,
  personAt,
}) => {
  const { ada, bo, bothRead } = await together({ person, personAt }, 'one two')
  const pinyin = await composing(ada)
  for (const text of ['n', 'ni', 'ni h', 'ni hao']) await pinyin.show(text)
  await bo.keyboard.press('Home')
  await bo.keyboard.type('zero ')
  await pinyin.show('你好')
  await pinyin.commit('你好')
  await bothRead('zero one two你好')

  const kana = await composing(ada)
  for (const text of ['に', 'にほ', 'にほん', '日本']) await kana.show(text)
  await bo.keyboard.press('End')
  for (let nth = 0; nth < 4; nth++) await bo.keyboard.press('ArrowLeft')
  await bo.keyboard.press('Enter')
  await kana.commit('日本')
  await expect.poll(async () => (await words(bo))?.replaceAll('\n', '')).toBe('zero one two你好日本')
  await expect.poll(() => words(ada)).toBe(await words(bo))

  const deadKey = await composing(ada)
  await deadKey.show('´')
  await deadKey.commit('é')
  await expect.poll(() => words(ada)).toContain('日本é')
  await expect.poll(() => words(bo)).toContain('日本é')

  const givenUp = await composing(ada)
  const before = await words(ada)
  await givenUp.show('shi')
  await givenUp.show('')
  await ada.keyboard.type('!')
  await bothRead(before?.replace('日本é', '日本é!') ?? '')
})

test('W11: a word that is replaced in the page is replaced in the script, and letters of many units are typed and erased whole', async ({
  person,
  personAt,
}) => {
  const { ada, bo, bothRead } = await together({ person, personAt }, 'teh tide')
  await bo.keyboard.type('!')
  await expect.poll(() => words(ada)).toBe('teh tide!')
  // As a spell checker or a touch keyboard does.
  await script(ada).evaluate((box) => {
    const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const text = walk.currentNode as Text
      if (text.data.startsWith('teh')) text.replaceData(0, 3, 'the')
    }
  })
  await bothRead('the tide!')
  await ada.keyboard.press('Control+z')
  await bothRead('teh tide!')

  // Emoji, combining marks, letters from right to left.
  await ada.keyboard.press('End')
  await ada.keyboard.insertText('👩‍👩‍👧')
  await bo.keyboard.type('b')
  await expect.poll(() => words(bo)).toContain('👩‍👩‍👧')
  await ada.keyboard.press('Backspace')
  await bothRead('teh tide!b')
  await ada.keyboard.press('End')
  await ada.keyboard.insertText('שלום e\u0301')
  await bothRead('teh tide!bשלום e\u0301')
  await bo.keyboard.press('Home')
  await bo.keyboard.type('>')
  await bothRead('>teh tide!bשלום e\u0301')
})
