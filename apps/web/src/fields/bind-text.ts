import * as Y from 'yjs'
import { type DeltaStep, positionThrough, type Splice, spliceBetween } from './text-splice.ts'

type Options = {
  readonly element: HTMLTextAreaElement
  readonly text: Y.Text
  /** Line breaks become spaces. */
  readonly singleLine: boolean
}

/**
 * Binds a text area to a `Y.Text`, both ways: what is typed goes out as the smallest change, what comes in leaves the
 * caret on its letter. While an input method composes, nothing is touched: the change is worked out at its end and
 * carried past what came in meanwhile. Undo takes back only what was typed here.
 */
export const bindText = ({ element, text, singleLine }: Options): (() => void) => {
  const origin = Symbol('field')
  const undoManager = new Y.UndoManager(text, { trackedOrigins: new Set([origin]), captureTimeout: 500 })
  /** What the element showed when it last agreed with the text; changes that came in since, when it had to wait. */
  let agreed = text.toString()
  let waiting: (readonly DeltaStep[])[] = []
  let composing = false

  const show = (value: string, start: number, end: number) => {
    agreed = value
    if (element.value !== value) {
      const focused = document.activeElement === element
      element.value = value
      if (focused) element.setSelectionRange(start, end, element.selectionDirection)
    }
    fitHeight(element)
  }

  const typed = () => {
    if (composing) return
    const caret = element.selectionStart
    const value = singleLine ? element.value.replace(/\s*[\n\r]+\s*/g, ' ') : element.value
    const splice = spliceBetween(agreed, value, caret)
    const delayed = waiting
    waiting = []
    agreed = value
    if (splice !== null) text.doc?.transact(() => writeSplice(text, carried(splice, delayed)), origin)
    const shift = delayed.reduce((position, delta) => positionThrough(delta, position), caret)
    show(text.toString(), shift, shift)
  }

  const changed = (event: Y.YTextEvent, transaction: Y.Transaction) => {
    if (transaction.origin === origin) return
    const delta = event.delta as readonly DeltaStep[]
    if (composing) {
      waiting.push(delta)
      return
    }
    const [start, end] = [element.selectionStart, element.selectionEnd].map((position) => positionThrough(delta, position))
    show(text.toString(), start ?? 0, end ?? 0)
  }

  const compositionStarted = () => {
    composing = true
  }
  const compositionEnded = () => {
    composing = false
    typed()
  }
  const keyed = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (singleLine && event.key === 'Enter') event.preventDefault()
    if (!(event.metaKey || event.ctrlKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === 'z' || key === 'y') {
      event.preventDefault()
      if (key === 'y' || event.shiftKey) undoManager.redo()
      else undoManager.undo()
    }
  }
  /** The browser's own history knows nothing of what came in; its menu entries are led to ours. */
  const beforeInput = (event: InputEvent) => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
    event.preventDefault()
    if (event.inputType === 'historyUndo') undoManager.undo()
    else undoManager.redo()
  }

  element.value = agreed
  fitHeight(element)
  text.observe(changed)
  element.addEventListener('input', typed)
  element.addEventListener('compositionstart', compositionStarted)
  element.addEventListener('compositionend', compositionEnded)
  element.addEventListener('keydown', keyed)
  element.addEventListener('beforeinput', beforeInput)
  return () => {
    text.unobserve(changed)
    undoManager.destroy()
    element.removeEventListener('input', typed)
    element.removeEventListener('compositionstart', compositionStarted)
    element.removeEventListener('compositionend', compositionEnded)
    element.removeEventListener('keydown', keyed)
    element.removeEventListener('beforeinput', beforeInput)
  }
}

/** A splice against an older text, moved to where its place is now. */
export const carried = ({ index, remove, insert }: Splice, deltas: readonly (readonly DeltaStep[])[]): Splice => {
  const through = (position: number) => deltas.reduce((at, delta) => positionThrough(delta, at), position)
  const start = through(index)
  return { index: start, remove: Math.max(0, through(index + remove) - start), insert }
}

const writeSplice = (text: Y.Text, { index, remove, insert }: Splice) => {
  if (remove > 0) text.delete(index, remove)
  if (insert !== '') text.insert(index, insert)
}

/** Grows with its text, where the browser does not do it by itself. */
const fitHeight = (element: HTMLTextAreaElement) => {
  if (CSS.supports('field-sizing', 'content')) return
  element.style.height = 'auto'
  element.style.height = `${element.scrollHeight}px`
}
