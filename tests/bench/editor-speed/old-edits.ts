import type { Random } from './random.ts'

/** One act of typing long ago, in a block by its place among all: some characters go, some come. */
export type OldEdit = {
  readonly block: number
  readonly offset: number
  readonly deleted: number
  readonly inserted: string
  /** Which of the people it was. */
  readonly person: number
}

export const PEOPLE = 5

/** Stands for a cue in the texts of the blocks: an atom that no edit takes away. */
export const ATOM = '\uFFFC'

/** Letters and words typed and deleted at random places by several people: what a script goes through in its life. */
export const makeOldEdits = (blocks: readonly string[], count: number, random: Random): OldEdit[] => {
  const texts = [...blocks]
  return Array.from({ length: count }, () => {
    const block = random.below(texts.length)
    const text = texts[block] ?? ''
    const offset = random.below(text.length + 1)
    const [deleted, inserted] = editAt(text, offset, random)
    texts[block] = text.slice(0, offset) + inserted + text.slice(offset + deleted)
    return { block, offset, deleted, inserted, person: random.below(PEOPLE) }
  })
}

const editAt = (text: string, offset: number, random: Random): [deleted: number, inserted: string] => {
  const kind = random.below(4)
  if (kind === 0) return [0, letters(1, random)]
  if (kind === 1) return [0, `${letters(3 + random.below(6), random)} `]
  const wanted = kind === 2 ? 1 : 2 + random.below(6)
  const atom = text.indexOf(ATOM, offset)
  // A block keeps at least a few letters, so that it stays a block to edit.
  const free = Math.min(atom < 0 ? text.length - offset : atom - offset, text.length - 4)
  return free > 0 ? [Math.min(wanted, free), ''] : [0, letters(1, random)]
}

const letters = (count: number, random: Random): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + random.below(26))).join('')
