import { expect, test } from 'vitest'
import { decodeUtf8 } from './decode-utf8.ts'

test('UTF-8 is read as it stands, without a byte order mark', () => {
  expect(decodeUtf8(Buffer.from('\u{feff}◆ “é”\r\n'))).toEqual({ ok: true, text: '◆ “é”\r\n' })
})

test('other bytes are a fault on their line', () => {
  const latin1 = Buffer.concat([Buffer.from('fine\nalso “fine”\n'), Buffer.from('caf\u00e9 noir\nmore', 'latin1')])
  expect(decodeUtf8(latin1)).toEqual({
    ok: false,
    fault: { line: 3, found: '“caf\u{fffd} noir”', expected: 'UTF-8 (save the file in that encoding)' },
  })
})
