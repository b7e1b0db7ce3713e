import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPaces, DEFAULT_PACE, learnSpeech, type RecordedTurn } from './pace.ts'

const turn = (name: string, characters: number, seconds: number): RecordedTurn => ({ name, characters, seconds })

it('T3: who has recorded nothing has the default pace', () => {
  expect(createPaces([])('Ada')).toBe(DEFAULT_PACE)
  expect(createPaces(learnSpeech([turn('Ada', 300, 20)]))('')).toBe(DEFAULT_PACE)
})

it('T3: one short turn moves the default a little, many turns replace it', () => {
  const after = (turns: number) => createPaces(learnSpeech(Array.from({ length: turns }, () => turn('Ada', 40, 2))))('Ada')
  expect(after(1)).toBeCloseTo(17.5)
  expect(after(5)).toBeCloseTo(18.5)
  expect(after(500)).toBeCloseTo(20, 1)
})

it('T3: a pace is one person’s in every dispatch, however the name was typed, and nobody else’s', () => {
  const paces = createPaces([
    { name: 'Ada', characters: 9_000, seconds: 450 },
    { name: ' ada ', characters: 9_000, seconds: 450 },
  ])
  expect(paces('ADA')).toBeCloseTo(20, 1)
  expect(paces('Bo')).toBe(DEFAULT_PACE)
})

it('T3: music, cuts and starts that fall teach nothing', () => {
  expect(learnSpeech([turn('Ada', 300, 60), turn('Ada', 300, 3), turn('Ada', 300, 0), turn('Ada', 300, -5)])).toEqual([])
})

it('T3: whatever pace a speaker has, it is learnt from whole seconds to within 2 % in ten minutes', () => {
  const lengths = fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 60, maxLength: 80 })
  fc.assert(
    fc.property(lengths, fc.double({ min: 11, max: 23, noNaN: true }), (seconds, pace) => {
      let at = 0
      const turns = seconds.map((length) => {
        const began = Math.floor(at)
        at += length
        return turn('Ada', length * pace, Math.floor(at) - began)
      })
      const learnt = createPaces(learnSpeech(turns))('Ada')
      fc.pre(at > 600)
      expect(Math.abs(learnt - pace) / pace).toBeLessThan(0.02)
    }),
  )
})
