import { expect, test } from 'vitest'
import { createPasswordHasher } from './password-hash.ts'

test('K4: a password is stored as scrypt with 64 MiB and a salt of its own, and only itself fits', async () => {
  const hasher = createPasswordHasher()
  const hash = await hasher.hash('Ångström and a pier')
  expect(hash).toMatch(/^scrypt\$65536\$8\$2\$[\w-]{22}\$[\w-]{43}$/)
  expect(await hasher.isOf('A\u030angstro\u0308m and a pier', hash)).toBe(true)
  expect(await hasher.isOf('Ångström and a pie', hash)).toBe(false)
})

test('K4: hashes of another cost go on, no two are alike, and nobody has none', async () => {
  const [cheap, other] = [createPasswordHasher({ N: 1024, r: 8, p: 1 }), createPasswordHasher({ N: 2048, r: 8, p: 1 })]
  const hash = await cheap.hash('x')
  expect(await other.isOf('x', hash)).toBe(true)
  expect(await cheap.hash('x')).not.toBe(hash)
  expect(await cheap.isOf('x', null)).toBe(false)
})
