import type { BlockKind } from '../snapshot.ts'
import { type Body, removeUpTo } from './body-acts.ts'
import { type BodyBlock, type BodyView, blockById } from './body-view.ts'
import type { RemovalMark } from './removal.ts'
import { type Segment, textOfRuns } from './segment.ts'

/** What a removal hides: who did it and when, whose words, and where they stood. */
export type RemovedBlock = {
  readonly id: string
  readonly kind: BlockKind
  readonly speaker: string | null
  /** As they are by now. */
  readonly words: string
  /** Of the newest removal in the block; both empty when an insertion was taken back under a colleague's words. */
  readonly by: string
  readonly at: string
  /** The words are no longer those that were removed. */
  readonly isChanged: boolean
  readonly stoodIn: { readonly chapter: string | null; readonly after: Said | null }
}

export type Said = { readonly speaker: string | null; readonly words: string }

/**
 * The removed blocks, newest removal first. A block of which some segments show still is among them with the words of
 * the rest. What hides no words is not: nothing of it is at stake, and an insertion that was taken back leaves such.
 */
export const removedBlocks = (view: BodyView): RemovedBlock[] => {
  const removed: RemovedBlock[] = []
  let chapter: string | null = null
  let after: Said | null = null
  for (const block of view.blocks) {
    const hidden = hiddenOf(block)
    if (wordsOf(hidden) !== '')
      removed.push(removedBlock(view, block, hidden, speakerOf(view, block, hidden), { chapter, after }))
    if (block.visible.length === 0) continue
    const said = { speaker: block.speaker, words: wordsOf(block.visible) }
    if (block.kind === 'chapter') [chapter, after] = [said.words, null]
    else after = said
  }
  return removed.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** Lets a removal stand with the words that it hides by now: it is asked about no more, unless they change again. */
export const settleRemoval = (body: Body, block: string, mark: RemovalMark, origin: unknown): void => {
  const view = body.read()
  const settling = blockById(view, block)
  if (!settling) return
  body.text.doc?.transact(() => {
    for (const { removal, parts } of settling.flagged) removeUpTo(view, parts, removal.upTo, mark)
  }, origin)
}

const speakerOf = ({ places: { gifts } }: BodyView, block: BodyBlock, [first]: readonly Segment[]): string | null =>
  block.visible.length === 0 || !first ? block.speaker : (gifts.newestOf(first, 'voices')?.speaker ?? null)

const removedBlock = (
  view: BodyView,
  block: BodyBlock,
  hidden: readonly Segment[],
  speaker: string | null,
  stoodIn: RemovedBlock['stoodIn'],
): RemovedBlock => {
  const newest = hidden
    .flatMap(({ id }) => view.hidden.get(id)?.removal.mark ?? [])
    .reduce((a, b) => (b.at >= a.at ? b : a), { at: '', by: '' })
  return {
    id: block.id,
    kind: block.kind,
    speaker,
    words: wordsOf(hidden),
    by: newest.by,
    at: newest.at,
    isChanged: block.flagged.length > 0,
    stoodIn,
  }
}

const hiddenOf = ({ segments, visible }: BodyBlock): Segment[] =>
  visible.length === segments.length ? [] : segments.filter((segment) => !visible.includes(segment))

const wordsOf = (segments: readonly Segment[]): string => segments.map(({ runs }) => textOfRuns(runs)).join('')
