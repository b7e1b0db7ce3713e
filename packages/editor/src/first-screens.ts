import type { BodyBlock } from '@stet/schema/layout/body-view'

/** As many as fill a tall screen, at the widest measure. */
const LINES = 60
const LETTERS_A_LINE = 75

/** The blocks that a script begins with, for any window: they are painted first, and what follows is put behind them. */
export const firstScreens = (blocks: readonly BodyBlock[]): readonly BodyBlock[] => {
  let lines = 0
  const last = blocks.findIndex(({ length }) => {
    lines += 1 + length / LETTERS_A_LINE
    return lines > LINES
  })
  return last < 0 ? blocks : blocks.slice(0, last + 1)
}
