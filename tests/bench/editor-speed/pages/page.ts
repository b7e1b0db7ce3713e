/**
 * The page of a rival, in one of two roles: `?rival=stet&fill=1%20h` puts a script in its store, `?rival=stet` opens what is
 * there. What is done with it comes from outside, through `window.bench`.
 */
import { fromBase64 } from 'lib0/buffer'
import { type CrowdFigures, type Join, meetCrowd, receiveLetters } from './colleagues.ts'
import { floor } from './floor.ts'
import { createKeyTimes, forceLayout, type KeyTimes } from './key-times.ts'
import { toMiddle } from './middle.ts'
import type { Rival, RivalName, Stored } from './rival.ts'
import { stet } from './stet.ts'
import { yProsemirror } from './y-prosemirror.ts'

export type Bench = {
  /**
   * Milliseconds from the first statement after the modules had loaded: until the page has laid out and painted what one
   * sees of the script, until all of it is laid out, and until the browser's compositor has brought it to the screen.
   */
  readonly opened: { readonly painted: number; readonly whole: number; readonly presented: number }
  /** How many characters the script has, as the editor holds it. */
  readonly length: () => number
  readonly keys: KeyTimes
  /** Puts the caret in the middle of the script, a few words further each time. */
  readonly toMiddle: (nth: number) => void
  readonly receiveLetters: (count: number) => Promise<number[]>
  readonly meetCrowd: (milliseconds: number) => Promise<CrowdFigures>
}

declare global {
  interface Window {
    bench?: Bench
    filled?: true
    tellOfEditor: () => Promise<void>
  }
}

const rivals: Readonly<Record<RivalName, Rival>> = { floor, 'y-prosemirror': yProsemirror, stet }

const began = performance.now()
const query = new URLSearchParams(location.search)
const name = query.get('rival') as RivalName
const script = query.get('script') ?? ''
const mount = document.getElementById('sheet') as HTMLElement

if (query.has('fill')) {
  await rivals[name].fill(await storedScript())
  window.filled = true
} else {
  const editor = await rivals[name].open(mount)
  const painted = (await endOfFrame()) - began
  while (!editor.isWhole()) await nextTask()
  forceLayout(editor.view)
  const whole = performance.now() - began
  const presented = (await firstWordsPresented()) - began
  const join: Join = { editor, rival: name, rows: async () => (await storedScript()).rows }
  window.bench = {
    opened: { painted, whole, presented },
    length: () => editor.view.state.doc.textContent.length,
    keys: createKeyTimes(editor.view),
    toMiddle: (nth) => toMiddle(editor.view, nth),
    receiveLetters: (count) => receiveLetters(join, count),
    meetCrowd: (milliseconds) => meetCrowd(join, milliseconds),
  }
  await window.tellOfEditor()
}

async function storedScript(): Promise<Stored> {
  const { document, rows } = (await (await fetch(`/stored/${name}/${script}`)).json()) as { document: unknown; rows: string[] }
  return { document, rows: rows.map(fromBase64) }
}

/** The first task behind a frame: style, layout and paint are done, and nothing that waits for them has begun. */
function endOfFrame(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => void scheduler.postTask(() => resolve(performance.now()), { priority: 'user-blocking' }))
  })
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 0))
}

/** The page is empty until the script stands in it, so its first contentful paint is that of the script. */
function firstWordsPresented(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0]
      if (paint) resolve(paint.startTime)
    }).observe({ type: 'paint', buffered: true })
  })
}
