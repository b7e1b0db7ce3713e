import type { Browser } from '@playwright/test'
import { type Figure, figureOf } from './figures.ts'
import type { KeyTime } from './pages/key-times.ts'
import { type RivalName, rivalNames } from './pages/rival.ts'
import { openRivalPage, type RivalPage } from './rival-page.ts'

/** How often each thing is done. Rounds go A B C A B C, so that a noisy minute falls on all rivals. */
export type Effort = {
  readonly opens: number
  readonly rounds: number
  readonly keysARound: number
  readonly lettersARound: number
  readonly crowdSecondsARound: number
}

export type RivalFigures = {
  readonly open: Figure
  /** Until all of the script is laid out. */
  readonly whole: Figure
  /** Until the compositor has brought it to the screen. */
  readonly presented: Figure
  readonly megabytes: number
  /** The editor's part and layout. */
  readonly keystroke: Figure
  /** What the browser itself does for a letter included. */
  readonly wholeKeystroke: Figure
  /** All that the main thread did for a letter: handlers, timers, store, layout, paint; milliseconds. */
  readonly mainThread: number
  readonly colleague: Figure | null
  readonly crowd: {
    readonly keystroke: Figure
    readonly wholeKeystroke: Figure
    readonly dropped: number
    readonly frames: number
    readonly worstGap: number
  } | null
}

export type ScriptFigures = { readonly script: string; readonly rivals: Readonly<Record<RivalName, RivalFigures>> }

const KEY_EVERY = 40
const KEY_EVERY_IN_CROWD = 120

export const measureScript = async (
  browser: Browser,
  url: string,
  script: string,
  effort: Effort,
  withCrowd: boolean,
): Promise<ScriptFigures> => {
  const pages: RivalPage[] = []
  for (const rival of rivalNames) pages.push(await openRivalPage(browser, url, rival, script))
  const taken = new Map(pages.map((page) => [page.rival, emptySamples()]))
  const samplesOf = (page: RivalPage): Samples => taken.get(page.rival) ?? emptySamples()
  const eachInTurn = async (rounds: number, measure: (page: RivalPage, samples: Samples) => Promise<void>) => {
    for (let round = 0; round < rounds; round++) for (const page of pages) await measure(page, samplesOf(page))
  }

  const lengths = new Set<number>()
  await eachInTurn(2, async (page) => void lengths.add((await page.open()).length))
  if (lengths.size !== 1) throw new Error(`${script}: the rivals opened scripts of ${[...lengths].join(', ')} characters`)
  await eachInTurn(effort.opens, async (page, samples) => {
    const { painted, whole, presented } = await page.open()
    samples.open.push(painted)
    samples.whole.push(whole)
    samples.presented.push(presented)
  })
  await eachInTurn(1, async (page, samples) => {
    samples.megabytes = await page.memory()
    await page.type(60, KEY_EVERY)
  })
  await eachInTurn(effort.rounds, async (page, samples) => {
    const { times, mainThread } = await page.type(effort.keysARound, KEY_EVERY)
    samples.keys.push(...times)
    samples.mainThread.push(mainThread)
  })
  await eachInTurn(effort.rounds, async (page, samples) => {
    if (page.rival === 'floor') return
    // Opened anew, so that the colleague's replica is at what is stored.
    await page.open()
    samples.colleague.push(...(await page.receive(effort.lettersARound + WARM_UP)).slice(WARM_UP))
  })
  if (withCrowd)
    await eachInTurn(effort.rounds, async (page, samples) => {
      await page.open()
      await page.type(20, KEY_EVERY)
      const { times, ...frames } = await page.meetCrowd(effort.crowdSecondsARound, KEY_EVERY_IN_CROWD)
      samples.crowdKeys.push(...times)
      samples.crowdFrames.push(frames)
    })

  const rivals = Object.fromEntries(pages.map((page) => [page.rival, figuresOf(samplesOf(page))]))
  for (const page of pages) await page.close()
  return { script, rivals: rivals as ScriptFigures['rivals'] }
}

const WARM_UP = 10

type Samples = {
  open: number[]
  whole: number[]
  presented: number[]
  megabytes: number
  keys: KeyTime[]
  mainThread: number[]
  colleague: number[]
  crowdKeys: KeyTime[]
  crowdFrames: { dropped: number; frames: number; worstGap: number }[]
}

const emptySamples = (): Samples => ({
  open: [],
  whole: [],
  presented: [],
  megabytes: Number.NaN,
  keys: [],
  mainThread: [],
  colleague: [],
  crowdKeys: [],
  crowdFrames: [],
})

const figuresOf = (samples: Samples): RivalFigures => ({
  open: figureOf(samples.open),
  whole: figureOf(samples.whole),
  presented: figureOf(samples.presented),
  megabytes: samples.megabytes,
  ...keyFigures(samples.keys),
  mainThread: figureOf(samples.mainThread).median,
  colleague: samples.colleague.length === 0 ? null : figureOf(samples.colleague),
  crowd:
    samples.crowdFrames.length === 0
      ? null
      : {
          ...keyFigures(samples.crowdKeys),
          dropped: samples.crowdFrames.reduce((sum, { dropped }) => sum + dropped, 0),
          frames: samples.crowdFrames.reduce((sum, { frames }) => sum + frames, 0),
          worstGap: Math.max(...samples.crowdFrames.map(({ worstGap }) => worstGap)),
        },
})

const keyFigures = (keys: readonly KeyTime[]): { keystroke: Figure; wholeKeystroke: Figure } => ({
  keystroke: figureOf(keys.map(({ handler }) => handler)),
  wholeKeystroke: figureOf(keys.map(({ whole }) => whole)),
})
