import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Audio, type AudioFile, audioAddress, audioTypeOf } from './audio.ts'
import type { DispatchId } from './ids.ts'
import { openDispatch } from './layout/open-dispatch.ts'
import { restoreAll } from './layout/restore.ts'
import { takeSnapshot } from './layout/take-snapshot.ts'
import { writeContent } from './layout/write-content.ts'
import { emptyContent } from './snapshot.ts'

const id = 'abcdefghijklmnopqrstuv' as DispatchId
const file = (digit: string): AudioFile => ({
  kind: 'file',
  sha256: digit.repeat(64),
  type: 'audio/mpeg',
  bytes: 1_000,
  seconds: 60,
  name: 'talk.mp3',
})

test('A6: of two who attach a recording at once one stands whole, the same on both sides', () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()]
  writeContent(one, emptyContent('dispatch'))
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  openDispatch(one).setMeta({ audio: file('a') }, null)
  openDispatch(other).setMeta(
    { audio: { kind: 'link', url: 'https://cdn.example/b.ogg', type: 'audio/ogg', bytes: null, seconds: 3 } },
    null,
  )
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  const [here, there] = [takeSnapshot(one, id), takeSnapshot(other, id)]
  expect(here).toEqual(there)
  expect(here.ok && Audio.safeParse(here.snapshot.audio).success).toBe(true)
})

test('A6: a recording that is taken off again leaves a dispatch as one that never had any', () => {
  const doc = new Y.Doc()
  writeContent(doc, { ...emptyContent('dispatch'), audio: file('a') })
  expect(takeSnapshot(doc, id)).toMatchObject({ ok: true, snapshot: { audio: file('a') } })
  openDispatch(doc).setMeta({ audio: null }, null)
  expect(takeSnapshot(doc, id)).toEqual({ ok: true, snapshot: { layout: 1, id, ...emptyContent('dispatch') } })
})

test('A6: a moment is restored with its recording, one that is the same is not written again, and undo takes it back', () => {
  const dispatch = openDispatch(new Y.Doc())
  writeContent(dispatch.doc, { ...emptyContent('dispatch'), audio: file('a') })
  const then = takeSnapshot(dispatch.doc, id)
  if (!then.ok) throw new Error('it is sound')
  const origin = {}
  const undo = new Y.UndoManager(dispatch.roots, { trackedOrigins: new Set([origin]), captureTimeout: 0 })
  const restore = () => restoreAll(dispatch, then.snapshot, { origin, mark: () => ({ at: '2026-01-02T03:04:05Z', by: 'ada' }) })
  const written = Y.encodeStateVector(dispatch.doc)
  restore()
  expect(Y.encodeStateVector(dispatch.doc)).toEqual(written)
  dispatch.setMeta({ audio: file('b') }, null)
  restore()
  expect(dispatch.meta.get('audio')).toEqual(file('a'))
  undo.undo()
  expect(dispatch.meta.get('audio')).toEqual(file('b'))
})

test('A6: an address that no player may follow is no recording', () => {
  const link = { kind: 'link', type: 'audio/mpeg', bytes: null, seconds: null }
  for (const url of [
    'javascript:alert(1)',
    'data:audio/mpeg;base64,AA',
    '/audio/x.mp3',
    'ftp://a.example/b.mp3',
    'https://show.example@a.example/b.mp3',
  ])
    expect(Audio.safeParse({ ...link, url }).success, url).toBe(false)
  expect(Audio.safeParse({ ...link, url: 'https://a.example/b.mp3' }).success).toBe(true)
})

test('A3: a recording has the ending of its type', () => {
  expect(audioAddress(file('a'))).toBe(`/audio/${'a'.repeat(64)}.mp3`)
  expect(audioTypeOf('https://a.example/b.M4A')).toBe('audio/mp4')
  expect(audioTypeOf('talk.exe')).toBe(null)
})
