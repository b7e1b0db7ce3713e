import type { Step } from '@stet/schema/status'
import { expect, test } from 'vitest'
import { standingWords } from './review-words.ts'

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
const by = (step: Step['step']): Step => ({ step, by: 'Ada', sha256: A, at: '2026-01-02T03:04:05Z', note: '' })

test.each([
  ['draft', [], A, 'Draft'],
  ['in review', [by('asked')], B, 'In review, asked by Ada'],
  ['approved', [by('approved')], A, 'Approved by Ada'],
  ['in review', [by('approved')], B, 'Changed since Ada approved it'],
  ['draft', [by('returned')], A, 'Ada asked for changes'],
  ['published', [by('published')], A, 'Published as it stands'],
  ['withdrawn', [by('withdrawn')], A, 'Withdrawn by Ada'],
  ['draft', [by('published')], B, 'Changed since it was published'],
] as const)('%s is told in words, with who (%#)', (stage, steps, sha256, words) => {
  expect(standingWords({ stage, steps, sha256 })).toBe(words)
})
