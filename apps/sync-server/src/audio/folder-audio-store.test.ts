import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { audioFileName } from '@stet/schema/audio'
import { afterAll, expect, test } from 'vitest'
import { openFolderAudioStore } from './folder-audio-store.ts'
import { mp3Of, wavOf } from './recordings.fixture.ts'

const scratch = mkdtempSync(join(tmpdir(), 'stet-audio-'))
afterAll(() => rmSync(scratch, { recursive: true }))
let names = 0
const open = (given: { maxBytes?: number; patience?: number; at?: string } = {}) => {
  const at = given.at ?? join(scratch, `${names++}`)
  const [folder, incoming] = [join(at, 'audio'), join(at, 'incoming')]
  const store = openFolderAudioStore({ folder, incoming, maxBytes: given.maxBytes ?? 1e6, patience: given.patience ?? 10_000 })
  return { store, at, folder, incoming, left: () => [...readdirSync(folder), ...readdirSync(incoming)] }
}
const inParts = (bytes: Uint8Array, size = 1_000): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })(),
  )

test('A1: a recording is known by its bytes: type and length are read from it, its name is its hash', async () => {
  const { store, folder, left } = open()
  for (const [bytes, type, seconds] of [
    [wavOf(3), 'audio/wav', 3],
    [mp3Of(12), 'audio/mpeg', 12],
  ] as const) {
    const received = await store.receive(inParts(bytes), 'talk.txt')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(received).toEqual({
      ok: true,
      audio: { kind: 'file', sha256, type, bytes: bytes.length, seconds, name: 'talk.txt' },
    })
    const name = received.ok ? audioFileName(received.audio) : ''
    expect(store.find(name)).toEqual({ path: join(folder, name), bytes: bytes.length, type })
    expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true)
  }
  await store.receive(inParts(wavOf(3)), 'again.wav')
  expect(left()).toHaveLength(2)
})

test('A2: what is too large, no recording, or breaks off leaves nothing', async () => {
  const { store, left } = open({ maxBytes: 20_000 })
  let taken = 0
  async function* endless() {
    for (;;) {
      taken += 1
      yield new Uint8Array(5_000)
    }
  }
  async function* breaking() {
    yield wavOf(1).subarray(0, 100)
    throw new Error('the line was cut')
  }
  expect(await store.receive(Readable.from(endless()), '')).toEqual({ ok: false, fault: 'too large' })
  expect(taken).toBeLessThan(30)
  expect(await store.receive(inParts(Buffer.from('<script>alert(1)</script>')), 'talk.mp3')).toEqual({
    ok: false,
    fault: 'not audio',
  })
  expect(await store.receive(inParts(wavOf(1).subarray(0, 60)), 'talk.wav')).toEqual({ ok: false, fault: 'not audio' })
  expect(await store.receive(Readable.from(breaking()), '')).toEqual({ ok: false, fault: 'cut' })
  expect(await store.receive(inParts(new Uint8Array(0)), '')).toEqual({ ok: false, fault: 'not audio' })
  expect(left()).toEqual([])
})

test('A2: what stops coming is cut, and what a server that ended left is swept', async () => {
  const { store, at, incoming, left } = open({ patience: 20 })
  const stalling = new Readable({ read: () => {} })
  stalling.push(wavOf(1).subarray(0, 100))
  expect(await store.receive(stalling, '')).toEqual({ ok: false, fault: 'cut' })
  expect(left()).toEqual([])
  writeFileSync(join(incoming, 'half'), 'half')
  expect(open({ at }).left()).toEqual([])
})

test('A3: no name reaches beyond the recordings', async () => {
  const { store } = open()
  for (const name of ['../log.sqlite', `${'a'.repeat(64)}.html`, `${'a'.repeat(64)}.wav/..`, ''])
    expect(store.find(name)).toBe(null)
})
