import { expect, test } from 'vitest'
import type { Inline } from './snapshot.ts'
import { toldDiff } from './told-diff.ts'

const words = (text: string): Inline[] => [{ type: 'text', text }]

test('H4: changes with nothing but a space or a sign between them read as one', () => {
  const told = (before: string, after: string) =>
    toldDiff(words(before), words(after), 'en').map(({ is, text }) => `${is}: ${text}`)
  expect(told('the old lamp is out', 'the new light is out')).toEqual([
    'kept: the ',
    'erased: old lamp',
    'inserted: new light',
    'kept:  is out',
  ])
  expect(told('one two.', 'one three.')).toEqual(['kept: one ', 'erased: two', 'inserted: three', 'kept: .'])
})

test('H4: of what stayed only what stands near a change is told', () => {
  const many = Array.from({ length: 40 }, (_, nth) => `word${nth}`).join(' ')
  const told = toldDiff(words(`${many} old`), words(`${many} new`), 'en')
  expect(told.map(({ is }) => is)).toEqual(['kept', 'erased', 'inserted'])
  expect(told[0]?.text).toMatch(/^… word\d/)
})
