import type { Page } from '@playwright/test'
import type { Content } from '@stet/schema/snapshot'
import { everyField } from '../hostile/every-field.ts'
import { PAYLOADS } from '../hostile/payloads.ts'
import { URL_TRICKS } from '../hostile/url-tricks.ts'
import { createDispatch, publish } from './by-request.ts'
import { expect, script, test } from './stage.ts'
import { wavOf } from './wav.ts'

/**
 * Two dispatches and an essay, a third of the corpus each, one payload a turn and a source; the fields there are one of hold the first.
 * Only the first has addresses that trick: with these it cannot be published.
 */
const third = (index: number): Content => {
  const length = Math.ceil(PAYLOADS.length / 3)
  const payloads = PAYLOADS.slice(index * length, (index + 1) * length)
  const contents = payloads.map((payload, at) =>
    everyField(
      index === 2 ? 'essay' : 'dispatch',
      payload,
      index === 0 ? (URL_TRICKS[at % URL_TRICKS.length] ?? '') : 'https://harbour.example/?q=%3Cscript%3E',
    ),
  )
  const [first] = contents
  if (first === undefined) throw new Error('there are payloads')
  const own = (id: string, at: number) => (id === 'p2' ? id : `${id}x${at}`)
  return {
    ...first,
    number: index === 2 ? null : 700 + index,
    title: `${index} ${first.title}`,
    topics: contents.flatMap(({ topics }) => topics).slice(0, 20),
    speakers: [
      ...contents.flatMap(({ speakers }, at) => speakers.slice(0, 1).map((one) => ({ ...one, id: own(one.id, at) }))),
      ...first.speakers.slice(1),
    ],
    sources: contents.flatMap(({ sources }, at) => sources.map((source) => ({ ...source, id: own(source.id, at) }))),
    body: contents.flatMap(({ body }, at) =>
      body.map((block) => ({
        ...block,
        id: own(block.id, at),
        ...(block.kind === 'turn' && block.speaker !== null ? { speaker: own(block.speaker, at), start: null } : {}),
        ...(block.kind === 'chapter' ? { start: null } : {}),
        content: block.content.map((inline) =>
          inline.marks?.cites === undefined ? inline : { ...inline, marks: { ...inline.marks, cites: [own('s1', at)] } },
        ),
      })),
    ) as Content['body'],
  }
}

/** What is in the page that runs or leads astray, whoever put it there. */
const harmsIn = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => [
      ...[...element.attributes].flatMap(({ name, value }) =>
        /^on|^(srcdoc|formaction|ping|background|data)$/i.test(name) ||
        (/^(href|src|action|xlink:href)$/i.test(name) && !/^(https?:|mailto:|blob:http|data:font|\/|#|\.|[\w.-]+$)/i.test(value))
          ? [`${element.tagName} ${name}=${value}`]
          : [],
      ),
      ...(/^(iframe|frame|object|embed|base|portal|marquee|math|keygen)$/i.test(element.tagName) ? [element.tagName] : []),
    ]),
  )

test('Z3: nothing that is written runs, on the desk or on the page, though no policy of the browser stands in its way', async ({
  server,
  owner,
  signIn,
  browser,
}) => {
  test.slow()
  const written = [
    await createDispatch(owner, third(0)),
    await createDispatch(owner, third(1)),
    await createDispatch(owner, third(2)),
  ]
  const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' })
  const page = await context.newPage()
  const ran: string[] = []
  const outside: string[] = []
  page.on('dialog', (dialog) => {
    ran.push(`${page.url()}: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) outside.push(request.url())
  })
  await signIn(page, '<img src=x onerror=alert(1)>', 'owner')
  for (const id of written) {
    const link = page.locator(`a[href$="${id}"]`)
    await expect(link).toBeVisible()
    expect(await harmsIn(page)).toEqual([])
    await link.click()
    await expect(script(page)).toContainText('alert(1)')
    await expect(page.getByRole('region', { name: 'Sources' })).toContainText('alert(1)')
    expect(await harmsIn(page)).toEqual([])
    await script(page).focus()
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await harmsIn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'stet, all dispatches' }).click()
  }
  await page.goto(`${server.url}/desk/`)
  await page.getByRole('link', { name: /^701/ }).first().click()
  const called = `<img src=x onerror=alert(1)>"'\u202e.wav`
  await page.getByRole('button', { name: 'Add audio…' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a recording…' }).click()
  await (await chooser).setFiles({ name: called, mimeType: 'text/html', buffer: wavOf(9) })
  await expect(page.getByText('Added <img src=x')).toBeVisible()
  await page.getByRole('button', { name: 'Audio…' }).click()
  await expect(page.getByRole('dialog', { name: 'Audio' })).toContainText('onerror=alert(1)')
  expect(await harmsIn(page)).toEqual([])
  const refusal = await owner.post(`/api/dispatches/${written[0]}/revisions`, { data: {} })
  expect([refusal.status(), await refusal.text()]).toEqual([422, expect.stringContaining('not of the web')])
  await publish(owner, written[1] ?? '')
  for (const path of ['/dispatches/701/', '/dispatches/701/revisions/', '/']) {
    await page.goto(`${server.url}${path}`)
    await expect(page.locator('body')).toContainText('alert(1)')
    await expect(page.locator('audio')).toHaveCount(path === '/dispatches/701/' ? 1 : 0)
    expect(await harmsIn(page)).toEqual([])
  }
  expect(ran).toEqual([])
  expect(outside).toEqual([])
  await context.close()
})
