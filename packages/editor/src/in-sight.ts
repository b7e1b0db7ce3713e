/** Index of the first block that `isPast` holds of; of blocks one below the other, it holds of all that follow too. */
export const firstPast = (blocks: HTMLCollection, isPast: (place: DOMRect) => boolean): number => {
  let [low, high] = [0, blocks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const block = blocks[middle]
    if (block && !isPast(block.getBoundingClientRect())) low = middle + 1
    else high = middle
  }
  return low
}

/** The blocks of a script that are in the window, or at most a screen away. Costs the same in a script of any length. */
export const blocksInSight = ({ children, ownerDocument }: Element): HTMLElement[] => {
  const screen = ownerDocument.documentElement.clientHeight
  const first = firstPast(children, ({ bottom }) => bottom >= -screen)
  const end = firstPast(children, ({ top }) => top > 2 * screen)
  return [...children].slice(first, end) as HTMLElement[]
}

/** Calls back before the next paint whenever what is in sight may be other blocks; `ask` does so too. */
export const watchSight = (script: Element, look: () => void): { readonly ask: () => void; readonly stop: () => void } => {
  let frame = 0
  const ask = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      look()
    })
  }
  // Scrolling does not bubble; who scrolls is any element around the script.
  const scrolling = { capture: true, passive: true }
  const page = script.ownerDocument
  page.addEventListener('scroll', ask, scrolling)
  const sizes = new ResizeObserver(ask)
  sizes.observe(script)
  return {
    ask,
    stop: () => {
      page.removeEventListener('scroll', ask, scrolling)
      sizes.disconnect()
      cancelAnimationFrame(frame)
    },
  }
}
