import { readFileSync } from 'node:fs'
import { CLOSINGS } from '@stet/schema/contract/sync'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8')

test('G6: the protocol page has every close code as the contract has it', () => {
  const rows = page.split('\n').flatMap((line) => {
    const [, code, name, , message] = line.split('|').map((cell) => cell.trim())
    return /^\d{4}$/.test(code ?? '') ? [[Number(code), name, message]] : []
  })
  expect(rows).toEqual(Object.entries(CLOSINGS).map(([name, { code, message }]) => [code, `\`${name}\``, message]))
})
