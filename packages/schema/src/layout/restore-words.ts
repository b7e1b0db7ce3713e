import type * as Y from 'yjs'
import type { Block, Inline } from '../snapshot.ts'
import { diffWords, lengthOf, type Stretch, wordsOf } from '../word-diff.ts'
import type { Body } from './body-acts.ts'
import { indexAt, spansOf } from './body-points.ts'
import { type BodyView, blockById } from './body-view.ts'
import type { Run } from './segment.ts'
import { attributesOf } from './write-content.ts'
import { type Replacement, writeReplacements } from './write-replacements.ts'

/**
 * Texts made to say again what they said: only words that differ are erased or put in, so what a colleague writes
 * meanwhile stands where it was written. Everything here is called inside a transaction.
 */

export type Writing = { readonly segmenter: Intl.Segmenter; readonly origin: unknown }

export const restoreText = (text: Y.Text, wanted: string, { segmenter }: Writing): void => {
  const current = text.toString()
  if (current === wanted) return
  for (const { at, erased, from, to } of editsOf(diffWords(wordsOf([current], segmenter), wordsOf([wanted], segmenter)))) {
    if (erased > 0) text.delete(at, erased)
    if (to > from) text.insert(at, wanted.slice(from, to))
  }
}

/** The words, cues and marks of blocks that show. Citations of other sources than `sources` are left as they are. */
export const restoreWords = (body: Body, blocks: readonly Block[], sources: readonly string[], writing: Writing): void => {
  const wanted = blocks.map((block) => wantedOf(block, sources))
  const before = body.read()
  const replacements = wanted.toReversed().flatMap((block) => replacementsIn(before, block, writing))
  if (replacements.length > 0) writeReplacements(body, replacements, writing.origin)
  // One block's marks change nothing of another.
  const written = body.read()
  for (const block of wanted) restoreMarks(body.text, written, block)
}

type Wanted = { readonly id: string; readonly runs: readonly Run[]; readonly cited: ReadonlySet<string> }

const wantedOf = ({ id, content }: Block, sources: readonly string[]): Wanted => {
  const cited = new Set([...sources, ...content.flatMap(({ marks }) => marks?.cites ?? [])])
  const runOf = (inline: Inline): Run => ({
    insert: inline.type === 'text' ? inline.text : { cue: inline.cue },
    attributes: attributesOf(inline, cited),
  })
  return { id, cited, runs: content.map(runOf) }
}

const runsOf = (view: BodyView, id: string): readonly Run[] =>
  blockById(view, id)?.visible.flatMap((segment) => segment.runs) ?? []

const replacementsIn = (view: BodyView, { id, runs }: Wanted, { segmenter }: Writing): Replacement[] => {
  const [before, after] = [runsOf(view, id), runs].map((all) => all.map(({ insert }) => insert)) as [
    Run['insert'][],
    Run['insert'][],
  ]
  if (plainOf(before) === plainOf(after)) return []
  return editsOf(diffWords(wordsOf(before, segmenter), wordsOf(after, segmenter))).map(({ at, erased, from, to }) => ({
    block: id,
    from: at,
    to: at + erased,
    runs: partOf(runs, from, to),
  }))
}

/** Equal for equal words and cues, however they are cut into runs. */
const plainOf = (content: readonly Run['insert'][]): string =>
  JSON.stringify(
    content.reduce<Run['insert'][]>((joined, each) => {
      const last = joined.at(-1)
      if (typeof each === 'string' && typeof last === 'string') joined[joined.length - 1] = last + each
      else if (each !== '') joined.push(each)
      return joined
    }, []),
  )

/** Called once the words are there, so that runs have the same letters at the same offsets. */
const restoreMarks = (text: Y.Text, view: BodyView, { id, runs, cited }: Wanted): void => {
  const keys = ['strong', 'em', 'code', 'link', ...[...cited].map((source) => `cite:${source}`)]
  let at = 0
  for (const run of runsOf(view, id)) {
    let from = at
    at += lengthOfRun(run)
    for (const part of partOf(runs, from, at)) {
      const to = from + lengthOfRun(part)
      const differing = keys.filter((key) => run.attributes[key] !== part.attributes[key])
      const patch = Object.fromEntries(differing.map((key) => [key, part.attributes[key] ?? null]))
      if (differing.length > 0)
        for (const span of spansOf(view, id, from, to)) text.format(indexAt(view, span), span.length, patch)
      from = to
    }
  }
}

const lengthOfRun = ({ insert }: Run): number => (typeof insert === 'string' ? insert.length : 1)

/** What of some runs lies in a range. */
const partOf = (runs: readonly Run[], from: number, to: number): Run[] => {
  let start = 0
  return runs.flatMap((run) => {
    const [begin, end] = [Math.max(0, from - start), Math.min(lengthOfRun(run), to - start)]
    start += lengthOfRun(run)
    if (begin >= end) return []
    return [typeof run.insert === 'string' ? { ...run, insert: run.insert.slice(begin, end) } : run]
  })
}

/** How much to erase at a place of the old text, and which range of the new one to put there. */
type Edit = { readonly at: number; readonly erased: number; readonly from: number; readonly to: number }

/** From the back to the start, so that no place moves before its turn. */
const editsOf = (stretches: readonly Stretch[]): Edit[] => {
  const edits: Edit[] = []
  let at = 0
  let from = 0
  for (const { is, words } of stretches) {
    const length = lengthOf(words)
    if (is === 'erased') edits.unshift({ at, erased: length, from, to: from })
    if (is === 'inserted') edits.unshift({ at, erased: 0, from, to: from + length })
    if (is !== 'inserted') at += length
    if (is !== 'erased') from += length
  }
  return edits
}
