import { createHash } from 'node:crypto'
import { Snapshot } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { snapshotJson, snapshotSha256 } from './json.ts'
import { essay, lighthouse } from './lighthouse.fixture.ts'

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

test.each([lighthouse, essay])('a snapshot comes back from its bytes', (snapshot) => {
  expect(Snapshot.parse(JSON.parse(snapshotJson(snapshot)))).toEqual(snapshot)
})

test('the bytes do not depend on the order of keys', () => {
  expect(snapshotJson(reversed(lighthouse) as Snapshot)).toBe(snapshotJson(lighthouse))
})

test('the bytes are indented by two and end in one newline', () => {
  expect(snapshotJson(lighthouse)).toMatch(/^\{\n {2}"layout": 1,\n {2}"id": "[^"]+",\n {2}"kind": "dispatch",[\s\S]*\n\}\n$/)
})

test('R2: a target length that nobody has set leaves no trace in the bytes', () => {
  expect(snapshotJson(lighthouse)).not.toContain('targetSeconds')
  expect(snapshotJson({ ...lighthouse, targetSeconds: 720 })).toBe(
    snapshotJson(lighthouse).replace(/(\n {2}"title": .*\n)/, '$1  "targetSeconds": 720,\n'),
  )
})

test('the hash is of the bytes', () => {
  expect(snapshotSha256(lighthouse)).toBe(createHash('sha256').update(snapshotJson(lighthouse), 'utf8').digest('hex'))
})

test('what is no snapshot is refused', () => {
  expect(() => snapshotJson({ ...lighthouse, extra: true } as Snapshot)).toThrow()
})
