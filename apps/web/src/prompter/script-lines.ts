import { type BodyBlock, type BodyView, segmentById, visibleBlocks } from '@stet/schema/layout/body-view'
import type { BlockKind } from '@stet/schema/snapshot'

/** A block of the script as it is read aloud. */
export type Line = {
  readonly id: string
  readonly kind: BlockKind
  readonly speaker: string | null
  readonly pieces: readonly Piece[]
  /** What it is made of: by these a line is known again after it was split, joined or joined to. */
  readonly segments: readonly Origin[]
}

/** A segment, and those that it was split from, the nearest first. */
export type Origin = { readonly id: string; readonly splitFrom: readonly string[] }

/** Words to say, or a stage direction. */
export type Piece = { readonly say: string } | { readonly cue: string }

/** The lines that have anything to read. */
export const linesOf = (view: BodyView): Line[] =>
  visibleBlocks(view).flatMap((block) => (block.length > 0 ? [lineOf(block, view)] : []))

const lineOf = (block: BodyBlock, view: BodyView): Line => ({
  id: block.id,
  kind: block.kind,
  speaker: block.speaker,
  pieces: piecesOf(block),
  segments: block.visible.map(({ id }) => ({ id, splitFrom: ancestorsOf(id, view) })),
})

const ancestorsOf = (id: string, view: BodyView): string[] => {
  const ancestors: string[] = []
  const parentOf = (child: string) => segmentById(view, child)?.fields['splitFrom']
  for (let at = parentOf(id); typeof at === 'string' && at !== id && !ancestors.includes(at); at = parentOf(at))
    ancestors.push(at)
  return ancestors
}

const piecesOf = (block: BodyBlock): Piece[] => {
  const pieces: Piece[] = []
  for (const { insert } of block.visible.flatMap(({ runs }) => runs)) {
    const last = pieces.at(-1)
    if (typeof insert !== 'string') pieces.push({ cue: insert.cue })
    else if (last && 'say' in last) pieces[pieces.length - 1] = { say: last.say + insert }
    else pieces.push({ say: insert })
  }
  return pieces
}
