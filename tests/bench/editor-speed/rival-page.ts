import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'
import type { CrowdFigures } from './pages/colleagues.ts'
import type { KeyTime } from './pages/key-times.ts'
import type { Bench } from './pages/page.ts'
import type { RivalName } from './pages/rival.ts'

/** A rival's page in a browser profile of its own, with what is asked of it. */
export type RivalPage = Awaited<ReturnType<typeof openRivalPage>>

const SENTENCE = 'the keeper wrote down what the wind had done that night and went to bed '

export const openRivalPage = async (browser: Browser, url: string, rival: RivalName, script: string) => {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 860 } })
  const page: Page = await context.newPage()
  page.on('pageerror', (error) => {
    throw new Error(`the page of ${rival} failed: ${error.stack}`)
  })
  const session: CDPSession = await context.newCDPSession(page)
  const address = `${url}?rival=${rival}&script=${encodeURIComponent(script)}`
  const metric = async (name: string): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find((each) => each.name === name)?.value ?? Number.NaN
  }
  await session.send('Performance.enable')
  let typed = 0
  let hearOfEditor = () => {}
  await page.exposeFunction('tellOfEditor', () => hearOfEditor())

  return {
    rival,
    page,
    session,

    /** The script is put in the store anew, then opened: what the run before wrote there is gone. */
    open: async (): Promise<Bench['opened'] & { length: number }> => {
      await page.goto(`${address}&fill=1`)
      await page.waitForFunction(() => window.filled === true)
      const isOpen = new Promise<void>((resolve) => {
        hearOfEditor = resolve
      })
      await page.goto(address)
      // It tells; a page that is asked stops to answer in the midst of its opening.
      await isOpen
      return page.evaluate(() => ({ ...(window.bench as Bench).opened, length: (window.bench as Bench).length() }))
    },

    /** Types in the middle of the script, at another place each time; answers the time of each letter. */
    type: async (letters: number, every: number): Promise<{ times: KeyTime[]; mainThread: number }> => {
      await page.bringToFront()
      await page.evaluate((nth) => (window.bench as Bench).toMiddle(nth), typed++)
      await page.keyboard.type(SENTENCE.slice(0, 8), { delay: every })
      await page.evaluate(() => (window.bench as Bench).keys.take())
      const before = await metric('TaskDuration')
      await page.keyboard.type(SENTENCE.repeat(Math.ceil(letters / SENTENCE.length)).slice(0, letters), { delay: every })
      const busy = (await metric('TaskDuration')) - before
      const times = await page.evaluate(() => (window.bench as Bench).keys.take())
      if (times.length !== letters) throw new Error(`${rival}: ${letters} keys were pressed, ${times.length} were measured`)
      return { times, mainThread: (busy * 1000) / letters }
    },

    receive: async (letters: number): Promise<number[]> => {
      await page.bringToFront()
      await page.evaluate((nth) => (window.bench as Bench).toMiddle(nth), 0)
      return page.evaluate((count) => (window.bench as Bench).receiveLetters(count), letters)
    },

    /** One types while four colleagues do. */
    meetCrowd: async (seconds: number, every: number): Promise<CrowdFigures & { times: KeyTime[] }> => {
      await page.bringToFront()
      await page.evaluate((nth) => (window.bench as Bench).toMiddle(nth), typed++)
      await page.evaluate(() => (window.bench as Bench).keys.take())
      const crowd = page.evaluate((milliseconds) => (window.bench as Bench).meetCrowd(milliseconds), seconds * 1000)
      const letters = Math.floor((seconds * 1000) / every)
      await page.keyboard.type(SENTENCE.repeat(Math.ceil(letters / SENTENCE.length)).slice(0, letters), { delay: every })
      const figures = await crowd
      return { ...figures, times: await page.evaluate(() => (window.bench as Bench).keys.take()) }
    },

    /** Megabytes of JavaScript heap in use once all that can go has gone. */
    memory: async (): Promise<number> => {
      await session.send('HeapProfiler.enable')
      for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage')
      const used = await metric('JSHeapUsedSize')
      await session.send('HeapProfiler.disable')
      return used / 1e6
    },

    close: () => context.close(),
  }
}
