/** Where one reads: this far down the stage. `prompter.css` draws the mark there. */
export const MARK = 0.35

type Options = {
  /** The scrolling box, and in it the list whose children are the lines (`data-line`). */
  readonly stage: HTMLElement
  readonly text: HTMLElement
  readonly onReach: (line: string) => void
  readonly onEnd: () => void
}

export type Reel = ReturnType<typeof createReel>

/** The moving text. It holds on to the line at the mark, so that what changes above it moves nothing under the reader's eye. */
export const createReel = ({ stage, text, onReach, onEnd }: Options) => {
  let hold: { readonly line: string; readonly fraction: number } | null = null
  /** The place as a fraction of a pixel: browsers round theirs. */
  let place = stage.scrollTop
  let secondsForAll: number | null = null
  let frame = 0
  let drawnAt = 0

  const markTop = () => stage.clientHeight * MARK
  const lineOf = (id: string) =>
    [...text.children].find((line) => (line as HTMLElement).dataset['line'] === id) as HTMLElement | undefined

  const scrollTo = (top: number) => {
    place = top
    stage.scrollTop = top
  }

  const look = () => {
    const line = lastAbove(text.children, stage.scrollTop + markTop())
    const id = line?.dataset['line']
    if (line === null || id === undefined) return
    hold = { line: id, fraction: (stage.scrollTop + markTop() - line.offsetTop) / Math.max(line.offsetHeight, 1) }
    onReach(id)
  }
  const scrolled = () => {
    if (Math.abs(stage.scrollTop - place) > 1) place = stage.scrollTop
    look()
  }

  const goTo = (id: string) => {
    const line = lineOf(id)
    if (line === undefined) return
    scrollTo(Math.ceil(line.offsetTop - markTop()))
    look()
  }

  /** To be called when the text was drawn anew. `reading` is where to go when the line at the mark is gone. */
  const keep = (reading: string | null) => {
    const line = hold === null ? undefined : lineOf(hold.line)
    if (hold !== null && line !== undefined) {
      scrollTo(line.offsetTop + hold.fraction * line.offsetHeight - markTop())
      look()
    } else if (reading !== null) goTo(reading)
  }

  const roll = (now: number) => {
    if (secondsForAll === null) return
    // After a pause of the page itself it goes on from where it stood.
    place += (heightOf(text) / secondsForAll) * Math.min((now - drawnAt) / 1_000, 0.1)
    drawnAt = now
    stage.scrollTop = place
    if (stage.scrollTop + stage.clientHeight >= stage.scrollHeight - 1) return onEnd()
    frame = requestAnimationFrame(roll)
  }

  const resized = new ResizeObserver(() => keep(null))
  resized.observe(stage)
  stage.addEventListener('scroll', scrolled, { passive: true })
  look()

  return {
    goTo,
    keep,
    /** How far the line at the mark has been read, from 0 to 1. */
    fraction: () => hold?.fraction ?? 0,
    /** Rolls at a speed by which all of the text passes the mark in so many seconds; null stands still. */
    rollIn: (seconds: number | null) => {
      cancelAnimationFrame(frame)
      secondsForAll = seconds
      if (seconds === null) return
      drawnAt = performance.now()
      frame = requestAnimationFrame(roll)
    },
    destroy: () => {
      cancelAnimationFrame(frame)
      resized.disconnect()
      stage.removeEventListener('scroll', scrolled)
    },
  }
}

/** The last line that begins at or above a place of the text, or the first. */
const lastAbove = (lines: HTMLCollection, top: number): HTMLElement | null => {
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle] as HTMLElement).offsetTop <= top) low = middle + 1
    else high = middle
  }
  return (lines[Math.max(low - 1, 0)] as HTMLElement | undefined) ?? null
}

const heightOf = (text: HTMLElement): number => {
  const [first, last] = [text.firstElementChild as HTMLElement | null, text.lastElementChild as HTMLElement | null]
  return first === null || last === null ? 0 : last.offsetTop + last.offsetHeight - first.offsetTop
}
