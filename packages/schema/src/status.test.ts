import { expect, test } from 'vitest'
import { hasFallen, type Step, stageAfter, stepsFrom } from './status.ts'

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
const step = (kind: Step['step'], sha256 = A): Step => ({ step: kind, sha256, by: 'Ada', at: '2026-01-02T03:04:05Z', note: '' })

test.each([
  [null, A, 'draft'],
  [step('asked'), B, 'in review'],
  [step('approved'), A, 'approved'],
  [step('approved'), B, 'in review'],
  [step('approved'), null, 'in review'],
  [step('returned'), A, 'draft'],
  [step('published'), A, 'published'],
  [step('published'), B, 'draft'],
  [step('withdrawn'), A, 'withdrawn'],
] as const)('D1: where a dispatch stands follows from its newest step and its content (%#)', (newest, sha256, stage) => {
  expect(stageAfter(newest, sha256)).toBe(stage)
})

test('D2: an approval falls with any other content, and stands again with the very same', () => {
  expect(hasFallen(step('approved'), B)).toBe(true)
  expect(hasFallen(step('approved'), A)).toBe(false)
  expect(hasFallen(step('asked'), B)).toBe(false)
})

test('what is published as it stands can be taken no further', () => {
  expect(stepsFrom('published')).toEqual([])
  expect(stepsFrom('in review')).toEqual(['approved', 'returned'])
})
