import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { expect } from './stage.ts'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Our pages have no frames: axe runs in the page itself, and stays there for the next look. */
const accessible = async (page: Page) => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(
    async (tags) => (await window.axe.run({ runOnly: tags, resultTypes: ['violations'] })).violations,
    TAGS,
  )
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

/** Colours hang on light and dark, places on the width: two looks show all of both. `STET_LOOKS=all` takes every one. */
const LOOKS = [
  [360, 'light'],
  [1360, 'dark'],
  ...(process.env['STET_LOOKS'] === 'all'
    ? ([
        [360, 'dark'],
        [1360, 'light'],
      ] as const)
    : []),
] as const

/** What is on the page is so as it is looked at now. */
export const wholeAndAccessibleNow = async (page: Page) => {
  await accessible(page)
  await wholeWidth(page)
}

/** It is so on a phone and on a desk, in light and in dark; `seenAt` tells the widths at which it can be seen. */
export const wholeAndAccessible = async (page: Page, seenAt: (width: number) => boolean = () => true) => {
  for (const [width, colorScheme] of LOOKS) {
    if (!seenAt(width)) continue
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 800 })
    await wholeAndAccessibleNow(page)
  }
}
