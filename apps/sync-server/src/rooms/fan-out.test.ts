import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createManualClock } from '../manual-clock.ts'
import { createByteReader } from '../sync/byte-reader.ts'
import { createHeld } from '../sync/held.ts'
import { scanUpdate } from '../sync/scan-update.ts'
import { FanOut, type Sent } from './fan-out.ts'
import type { Member } from './member.ts'

type Reader = Member & { readonly heard: { readonly text: string; readonly seq: number; readonly frames: number }[] }

const reader = (): Reader => {
  const doc = new Y.Doc()
  const heard: Reader['heard'] = []
  return {
    heard,
    relay: (frames, seq) => {
      for (const frame of frames) {
        const message = createByteReader(frame)
        message.skip(2)
        Y.applyUpdate(doc, frame.subarray(message.skipChunk(), message.position()))
      }
      heard.push({ text: doc.getText('body').toString(), seq, frames: frames.length })
    },
    mention: () => {},
    saved: () => {},
    notSaved: () => {},
  }
}

/** A room of so many, the first of whom writes letters, each an entry. */
const roomOf = (size: number) => {
  const clock = createManualClock()
  const readers = Array.from({ length: size }, reader)
  const fanOut = new FanOut(new Set(readers), clock)
  const doc = new Y.Doc()
  const held = createHeld(undefined)
  let seq = 0
  const write = (letter: string) => {
    doc.once('update', (update: Uint8Array) => {
      const scan = scanUpdate(update, held)
      if (!scan.ok) throw new Error(scan.reason)
      held.add(scan)
      const { inserts, deletes, isSeamless } = scan
      seq += 1
      const sent: Sent = { sender: readers[0] as Member, piece: { update, inserts, deletes, isSeamless } }
      fanOut.add([sent], seq)
    })
    doc.getText('body').insert(seq, letter)
  }
  return { clock, fanOut, write, heard: (nth: number) => (readers[nth] as Reader).heard }
}

test('V27: up to twelve in a dispatch are shown each entry at once', () => {
  const { write, heard } = roomOf(12)
  write('a')
  write('b')
  expect(heard(11)).toEqual([
    { text: 'a', seq: 1, frames: 1 },
    { text: 'ab', seq: 2, frames: 1 },
  ])
  expect(heard(0).map(({ frames }) => frames)).toEqual([0, 0])
})

test('V27: fifty are shown five entries in one message', () => {
  const { clock, write, heard } = roomOf(50)
  for (const letter of 'abcd') write(letter)
  expect(heard(49)).toEqual([])
  write('e')
  expect(heard(49)).toEqual([{ text: 'abcde', seq: 5, frames: 1 }])
  clock.advance(8)
  expect(heard(49).length).toBe(1)
})

test('V27: an entry waits eight milliseconds for others at most', () => {
  const { clock, write, heard } = roomOf(50)
  write('a')
  clock.advance(7)
  write('b')
  expect(heard(49)).toEqual([])
  clock.advance(1)
  expect(heard(49)).toEqual([{ text: 'ab', seq: 2, frames: 1 }])
  write('c')
  clock.advance(8)
  expect(heard(49).at(-1)).toEqual({ text: 'abc', seq: 3, frames: 1 })
})

test('V27: what waits is shown when a room is drained', () => {
  const { fanOut, write, heard } = roomOf(50)
  write('a')
  fanOut.flush()
  fanOut.flush()
  expect(heard(49)).toEqual([{ text: 'a', seq: 1, frames: 1 }])
})
