import type { EditorView } from 'prosemirror-view'

/** Times of keystrokes, each from the first moment of its keydown to a finished layout of what it changed. */
export type KeyTimes = {
  /** Takes what was measured since it was last taken. */
  readonly take: () => number[]
}

/**
 * A letter goes: keydown -> keypress -> beforeinput -> the browser changes the text -> input -> (microtask) ProseMirror's
 * mutation observer reads the change and dispatches -> microtasks that the editor has queued. All of it is one task. Our own
 * mutation observer is younger than ProseMirror's, so it is told after it; the layout is forced once no microtask is left.
 */
export const createKeyTimes = (view: EditorView): KeyTimes => {
  let times: number[] = []
  let pressed: number | null = null
  addEventListener(
    'keydown',
    () => {
      pressed = performance.now()
    },
    true,
  )
  new MutationObserver(() => {
    if (pressed === null) return
    const began = pressed
    pressed = null
    afterMicrotasks(() => {
      forceLayout(view)
      times.push(performance.now() - began)
    })
  }).observe(view.dom.parentElement as HTMLElement, { subtree: true, childList: true, characterData: true })
  return {
    take: () => {
      const taken = times
      times = []
      return taken
    },
  }
}

/** Deeper than any chain of microtasks in the editors measured. */
const DEPTH = 12

export const afterMicrotasks = (done: () => void, depth = DEPTH): void =>
  queueMicrotask(() => (depth === 0 ? done() : afterMicrotasks(done, depth - 1)))

export const forceLayout = (view: EditorView): number => view.dom.getBoundingClientRect().height
