import { afterMicrotasks, forceLayout } from './key-times.ts'
import { middleBlock } from './middle.ts'
import type { Arrival, OpenEditor, RivalName } from './rival.ts'

/** An editor that colleagues come to. */
export type Join = {
  readonly editor: OpenEditor
  readonly rival: RivalName
  /** The script as it was stored: what the colleagues' replicas begin with. */
  readonly rows: () => Promise<readonly Uint8Array[]>
}

export type ToWorker =
  | { readonly ask: 'begin'; readonly rival: RivalName; readonly rows: readonly Uint8Array[]; readonly blocks: readonly number[] }
  | { readonly ask: 'letter' }
  | { readonly ask: 'keep typing'; readonly every: number }

export type FromWorker =
  | { readonly said: 'ready' }
  | { readonly said: 'letter'; readonly arrival: Arrival; readonly presence: Uint8Array }

/** Colleagues live in a worker, so that their own work takes nothing from the page. */
const summon = async ({ rival, rows }: Join, blocks: readonly number[]): Promise<Worker> => {
  const worker = new Worker(new URL('./colleagues-worker.ts', import.meta.url), { type: 'module' })
  const begin: ToWorker = { ask: 'begin', rival, rows: rival === 'floor' ? [] : await rows(), blocks }
  worker.postMessage(begin)
  await answer(worker)
  return worker
}

const answer = (worker: Worker): Promise<FromWorker> =>
  new Promise((resolve) => {
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => resolve(event.data), { once: true })
  })

/** A colleague types two blocks below the caret: milliseconds for each letter, from its update to a finished layout. */
export const receiveLetters = async (join: Join, count: number): Promise<number[]> => {
  const { editor } = join
  const worker = await summon(join, [middleBlock(editor.view) + 2])
  const times: number[] = []
  while (times.length < count) {
    worker.postMessage({ ask: 'letter' } satisfies ToWorker)
    const letter = await answer(worker)
    if (letter.said !== 'letter') continue
    editor.receivePresence(letter.presence)
    await frame()
    forceLayout(editor.view)
    const began = performance.now()
    editor.receive(letter.arrival)
    await new Promise<void>((resolve) => afterMicrotasks(resolve))
    forceLayout(editor.view)
    times.push(performance.now() - began)
  }
  worker.terminate()
  return times
}

const frame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0))
  })

export type CrowdFigures = {
  readonly frames: number
  readonly dropped: number
  readonly letters: number
  readonly worstGap: number
}

export const COLLEAGUES = 4
const KEYS_A_SECOND = 5
const FRAME = 1000 / 60
/** A frame more than half a frame late is a frame that was not drawn. */
const TOLERANCE = FRAME / 2

/** Four colleagues type, two of them in sight; frames that the page did not draw are counted. */
export const meetCrowd = async (join: Join, milliseconds: number): Promise<CrowdFigures> => {
  const { editor } = join
  const middle = middleBlock(editor.view)
  const worker = await summon(join, [middle + 3, middle - 3, Math.floor(middle / 2), Math.floor(middle * 1.5)])
  let letters = 0
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.said !== 'letter') return
    letters += 1
    editor.receive(data.arrival)
    editor.receivePresence(data.presence)
  })
  worker.postMessage({ ask: 'keep typing', every: 1000 / (COLLEAGUES * KEYS_A_SECOND) } satisfies ToWorker)
  const gaps = await frameGaps(milliseconds)
  worker.terminate()
  const dropped = gaps.reduce((sum, gap) => sum + (gap > FRAME + TOLERANCE ? Math.round(gap / FRAME) - 1 : 0), 0)
  return { frames: gaps.length, dropped, letters, worstGap: Math.max(...gaps) }
}

const frameGaps = (milliseconds: number): Promise<number[]> =>
  new Promise((resolve) => {
    const gaps: number[] = []
    let before: number | null = null
    let first: number | null = null
    const drawn = (now: number) => {
      first ??= now
      if (before !== null) gaps.push(now - before)
      before = now
      if (now - first < milliseconds) requestAnimationFrame(drawn)
      else resolve(gaps)
    }
    requestAnimationFrame(drawn)
  })
