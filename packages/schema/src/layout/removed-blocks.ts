import type { BlockKind } from '../snapshot.ts'
import type { Body } from './body-acts.ts'
import { type BodyBlock, type BodyView, blockById, kindOf, leadOf, type Segment, textOfRuns } from './body-view.ts'
import { hashText } from './removal.ts'

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
    const hidden = block.segments.filter(({ removal, runs }) => removal !== null && textOfRuns(runs) !== '')
    if (hidden.length > 0) removed.push(removedBlock(block, hidden, { chapter, after }))
    if (block.visible.length === 0) continue
    const said = { speaker: speakerOf(block), words: wordsOf(block.visible) }
    if (kindOf(block) === 'chapter') [chapter, after] = [said.words, null]
    else after = said
  }
  return removed.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** Lets a removal stand with the words that it hides by now: it is asked about no more, unless they change again. */
export const settleRemoval = (body: Body, block: string, mark: { at: string; by: string }, origin: unknown): void => {
  const flagged = blockById(body.read(), block)?.flagged ?? []
  body.text.doc?.transact(() => {
    for (const { marker, runs } of flagged) marker.set('removed', { hash: hashText(textOfRuns(runs)), ...mark })
  }, origin)
}

const removedBlock = (block: BodyBlock, hidden: readonly Segment[], stoodIn: RemovedBlock['stoodIn']): RemovedBlock => {
  const asItWas = { ...block, visible: hidden }
  const newest = hidden.map(({ removal }) => removal ?? { at: '', by: '' }).reduce((a, b) => (b.at > a.at ? b : a))
  return {
    id: block.id,
    kind: kindOf(asItWas),
    speaker: speakerOf(asItWas),
    words: wordsOf(hidden),
    by: newest.by,
    at: newest.at,
    isChanged: hidden.some((segment) => block.flagged.includes(segment)),
    stoodIn,
  }
}

const speakerOf = (block: BodyBlock): string | null => {
  const speaker = leadOf(block).marker.get('speaker')
  return typeof speaker === 'string' ? speaker : null
}

const wordsOf = (segments: readonly Segment[]): string => segments.map(({ runs }) => textOfRuns(runs)).join('')
