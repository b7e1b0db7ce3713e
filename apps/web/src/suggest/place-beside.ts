const GAP = 6
const EDGE = 8

/** Puts a fixed box with a list under a line of text, or over it where there is more room, and never over the edge of the screen. */
export const placeBeside = (box: HTMLElement, list: HTMLElement, line: { left: number; top: number; bottom: number }): void => {
  const { width, height } = screenSize()
  const [under, over] = [height - line.bottom - GAP - EDGE, line.top - GAP - EDGE]
  const below = under >= Math.min(list.scrollHeight, MIN_HEIGHT) || under >= over
  list.style.maxHeight = `${Math.max(Math.min(below ? under : over, MAX_HEIGHT), 0)}px`
  box.style.left = `${Math.max(EDGE, Math.min(line.left, width - box.offsetWidth - EDGE))}px`
  box.style.top = below ? `${line.bottom + GAP}px` : 'auto'
  box.style.bottom = below ? 'auto' : `${innerHeight - line.top + GAP}px`
}

const MIN_HEIGHT = 180
const MAX_HEIGHT = 320

/** What can be seen: less than the window while a keyboard stands on the screen. */
const screenSize = () => ({ width: visualViewport?.width ?? innerWidth, height: visualViewport?.height ?? innerHeight })
