import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importText } from '@stet/import/import-text'
import type { RecordedSpeech } from '@stet/schema/pace'
import type { Block, Content } from '@stet/schema/snapshot'
import { speechOf, timelineOf } from '@stet/schema/timeline'
import { expect, it } from 'vitest'

/** How far estimated starts are from recorded ones, on a real dispatch that is not ours to keep here: `STET_SEEDS` names its folder. */
const seeds = process.env['STET_SEEDS']

it.runIf(seeds)('T7: with learnt paces, the starts of a real dispatch are estimated to 1.5 s on average', () => {
  const recorded = readDispatch(join(seeds ?? '', 'dispatch-008.txt'))
  const half = Math.floor(turnsOf(recorded).length / 2)
  const errors = {
    'default pace': errorOf(recorded, []),
    'learnt on its first half': errorOf(recorded, speechOf(onlyRecorded(recorded, (turn) => turn < half))),
    'learnt on its second half': errorOf(recorded, speechOf(onlyRecorded(recorded, (turn) => turn >= half))),
    'learnt on the whole of it': errorOf(recorded, speechOf(recorded)),
  }
  console.table(errors)
  expect(errors['learnt on the whole of it']['mean start error, s']).toBeLessThanOrEqual(1.5)
  for (const half of ['learnt on its first half', 'learnt on its second half'] as const)
    expect(errors[half]['mean start error, s']).toBeLessThan(errors['default pace']['mean start error, s'])
})

const readDispatch = (file: string): Content => {
  const imported = importText(readFileSync(file, 'utf8'))
  if (!imported.ok) throw new Error(imported.fault.expected)
  return imported.content
}

const turnsOf = ({ body }: Content) => body.filter((block) => block.kind === 'turn')

/** Hides the recorded starts of chapters, and of the turns that are not to be kept. */
const onlyRecorded = (content: Content, keep: (turn: number) => boolean): Content => {
  let turn = 0
  const body = content.body.map((block): Block => {
    if (block.kind === 'chapter') return { ...block, start: null }
    return block.kind === 'turn' && !keep(turn++) ? { ...block, start: null } : block
  })
  return { ...content, body }
}

const errorOf = (recorded: Content, learnt: readonly RecordedSpeech[]) => {
  const hidden = timelineOf(
    onlyRecorded(recorded, (turn) => turn === 0),
    learnt,
  )
  const turns = turnsOf(recorded).map(({ id, start }) => ({ recorded: start ?? 0, estimated: hidden.get(id) }))
  const starts = turns.slice(1).map(({ recorded, estimated }) => Math.abs((estimated?.start ?? 0) - recorded))
  const lengths = turns
    .slice(0, -1)
    .map(({ recorded, estimated }, index) => Math.abs((estimated?.length ?? 0) - ((turns[index + 1]?.recorded ?? 0) - recorded)))
  return {
    'mean error a turn, s': round(mean(lengths)),
    'mean start error, s': round(mean(starts)),
    'worst start, s': Math.max(...starts),
  }
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length
const round = (seconds: number) => Math.round(seconds * 100) / 100
