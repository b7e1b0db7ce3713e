import type { EditorView } from 'prosemirror-view'

/** One keystroke, in milliseconds. */
export type KeyTime = {
  /** From the first moment of its keydown to a finished layout of what it changed. */
  readonly whole: number
  /** The same, less what the browser itself does to put the letter into the page: the editor's part, and layout. */
  readonly handler: number
}

export type KeyTimes = {
  /** Takes what was measured since it was last taken. */
  readonly take: () => KeyTime[]
}

/**
 * A letter goes: keydown -> keypress -> beforeinput -> the browser changes the text, lays it out and moves the caret ->
 * input -> (microtask) ProseMirror's mutation observer reads the change and dispatches -> microtasks that the editor has
 * queued. All of it is one task. Our own mutation observer is younger than ProseMirror's, so it is told after it; the layout
 * is forced once no microtask is left.
 */
export const createKeyTimes = (view: EditorView): KeyTimes => {
  let times: KeyTime[] = []
  let pressed: number | null = null
  let browserBegan: number | null = null
  let browsers = 0
  // On the window a capturing listener is the first to hear of an event and a bubbling one the last.
  addEventListener(
    'keydown',
    () => {
      pressed = performance.now()
      browsers = 0
    },
    true,
  )
  addEventListener('beforeinput', () => {
    browserBegan = performance.now()
  })
  addEventListener(
    'input',
    () => {
      if (browserBegan !== null) browsers += performance.now() - browserBegan
      browserBegan = null
    },
    true,
  )
  new MutationObserver(() => {
    if (pressed === null) return
    const began = pressed
    pressed = null
    afterMicrotasks(() => {
      forceLayout(view)
      const whole = performance.now() - began
      times.push({ whole, handler: whole - browsers })
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
