import { expect, test } from 'vitest'
import { checksum } from './checksum.ts'

test('O2: a checksum is CRC-32 as everyone reckons it, so that rows of long ago are still known to be sound', () => {
  expect(checksum(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  expect(checksum(new TextEncoder().encode('The quick brown fox jumps over the lazy dog'))).toBe(0x414fa339)
  expect(checksum(new TextEncoder().encode('-123456789').subarray(1))).toBe(0xcbf43926)
  expect(checksum(Uint8Array.of(255, 0, 128))).toBe(0xac616edf)
  expect(checksum(new Uint8Array())).toBe(0)
})
