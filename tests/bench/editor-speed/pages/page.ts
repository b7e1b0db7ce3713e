/**
 * The page of a rival, in one of two roles: `?rival=stet&fill=1%20h` puts a script in its store, `?rival=stet` opens what is
 * there. What is done with it comes from outside, through `window.bench`.
 */
import './page.css'
import { type CrowdFigures, type Join, meetCrowd, receiveLetters } from './colleagues.ts'
import { floor } from './floor.ts'
import { createKeyTimes, type KeyTimes } from './key-times.ts'
import { toMiddle } from './middle.ts'
import type { Rival, RivalName } from './rival.ts'
import { stet } from './stet.ts'
import { yProsemirror } from './y-prosemirror.ts'

export type Bench = {
  /** Milliseconds from the first statement after the modules had loaded, and from navigation, to the first paint of words. */
  readonly opened: { readonly fromScript: number; readonly fromNavigation: number }
  readonly words: () => number
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
  }
}

const rivals: Readonly<Record<RivalName, Rival>> = { floor, 'y-prosemirror': yProsemirror, stet }

const began = performance.now()
const query = new URLSearchParams(location.search)
const name = query.get('rival') as RivalName
const script = query.get('script') ?? ''
const mount = document.getElementById('sheet') as HTMLElement

if (query.has('fill')) {
  const { document, rows } = (await (await fetch(`/stored/${name}/${script}`)).json()) as { document: unknown; rows: string[] }
  await rivals[name].fill({ document, rows: rows.map((row) => Uint8Array.fromBase64(row)) })
  window.filled = true
} else {
  const editor = await rivals[name].open(mount)
  const painted = await firstWordsPainted()
  const join: Join = { editor, rival: name, rows: () => storedRows(name, script) }
  window.bench = {
    opened: { fromScript: painted - began, fromNavigation: painted },
    words: () => mount.textContent.split(/\s+/).length,
    keys: createKeyTimes(editor.view),
    toMiddle: (nth) => toMiddle(editor.view, nth),
    receiveLetters: (count) => receiveLetters(join, count),
    meetCrowd: (milliseconds) => meetCrowd(join, milliseconds),
  }
}

async function storedRows(rival: RivalName, of: string): Promise<Uint8Array[]> {
  const { rows } = (await (await fetch(`/stored/${rival}/${of}`)).json()) as { rows: string[] }
  return rows.map((row) => Uint8Array.fromBase64(row))
}

/** The page is empty until the script stands in it, so its first contentful paint is that of the script. */
function firstWordsPainted(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0]
      if (paint) resolve(paint.startTime)
    }).observe({ type: 'paint', buffered: true })
  })
}
