import { Window } from 'happy-dom'

/** What ProseMirror's view and ours ask of a browser. To be called before `prosemirror-view` is loaded: it looks once, as it loads. */
export const provideWindow = (): Document => {
  if (!('document' in globalThis)) {
    const window = new Window()
    for (const name of [
      'document',
      'navigator',
      'Node',
      'Element',
      'HTMLElement',
      'MutationObserver',
      'ResizeObserver',
      'DOMParser',
    ] as const)
      Object.defineProperty(globalThis, name, { value: window[name], configurable: true })
    for (const name of ['requestAnimationFrame', 'cancelAnimationFrame'] as const)
      Object.defineProperty(globalThis, name, { value: window[name].bind(window), configurable: true })
    Object.defineProperty(globalThis, 'window', { value: window, configurable: true })
  }
  return document
}
