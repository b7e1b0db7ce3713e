import { expect, test } from './stage.ts'

test.use({ sharesServer: true })

/** Compressed bytes of HTML, JavaScript and CSS before the first words of a script stand on the screen. */
const BUDGET = 250_000

test('L2: a first visit to a dispatch ships at most 250 kB before its first paint, fonts apart', async ({
  personAt,
  newSample,
  browser,
}) => {
  const ada = await personAt(await newSample(), 'Ada')
  await expect(ada.getByRole('textbox', { name: 'Script', exact: true })).toBeVisible()

  // Signed in like her, but in a profile that has nothing of the desk yet.
  const { cookies } = await ada.context().storageState()
  const context = await browser.newContext()
  await context.addCookies(cookies)
  const page = await context.newPage()
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('.script .turn p')?.textContent) return
      watch.disconnect()
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { painted: performance.now() })))
    })
    watch.observe(document, { subtree: true, childList: true, characterData: true })
  })
  await page.goto(ada.url())
  await page.waitForFunction(() => 'painted' in window)
  const shipped = await page.evaluate(() => {
    const { painted } = window as unknown as { painted: number }
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    return (entries as PerformanceResourceTiming[])
      .filter(({ startTime }) => startTime < painted)
      .map(({ name, encodedBodySize, decodedBodySize }) => ({ path: new URL(name).pathname, encodedBodySize, decodedBodySize }))
  })
  await context.close()

  const counted = shipped.filter(({ path }) => /^\/desk\/(?!.*\.(woff2|png|svg|webmanifest)$)/.test(path))
  expect(counted.some(({ path }) => path.includes('/desk-page-') && path.endsWith('.js'))).toBe(true)
  for (const { path, encodedBodySize, decodedBodySize } of counted)
    if (decodedBodySize > 2_000) expect(encodedBodySize, `${path} goes compressed`).toBeLessThan(decodedBodySize)
  const bytes = counted.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
  const list = counted
    .toSorted((a, b) => b.encodedBodySize - a.encodedBodySize)
    .map(({ path, encodedBodySize }) => `${encodedBodySize} ${path}`)
  expect(bytes, `what was shipped:\n${list.join('\n')}`).toBeLessThanOrEqual(BUDGET)
})
