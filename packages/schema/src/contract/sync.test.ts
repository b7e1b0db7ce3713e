import { expect, test } from 'vitest'
import { CLOSINGS, CloseCode, closeMessage } from './sync.ts'

test('G6: each close code stands once, and says in words that end what to do', () => {
  const closings = Object.entries(CLOSINGS)
  expect(new Set(closings.map(([, { code }]) => code)).size).toBe(closings.length)
  for (const [name, { code, message }] of closings) {
    expect(CloseCode).toMatchObject({ [name]: code })
    expect(closeMessage(code)).toBe(message)
    expect(message).toMatch(/\.$/)
  }
  expect(closeMessage(1006)).toBe(null)
})

test('G6: 4400 to 4499 are those after which coming back is of no use', () => {
  const final = Object.entries(CLOSINGS).filter(([, { code }]) => code >= 4400 && code < 4500)
  expect(final.map(([name]) => name)).toEqual([
    'badMessage',
    'signedOut',
    'forbidden',
    'readOnly',
    'idInUse',
    'tooLarge',
    'damaged',
  ])
})
