import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFiles } from '../../apps/sync-server/src/data-folder.ts'
import { openSqliteRows } from '../../apps/sync-server/src/log/sqlite-rows.ts'
import { runOperation } from '../../apps/sync-server/src/operate/run-operation.ts'
import { createRandom, type Random } from '../bench/editor-speed/random.ts'
import { extent, seedOf } from './extent.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-chaos-flips-'))
const pristine = join(folder, 'pristine')
const tried = join(folder, 'tried')
const backup = join(folder, 'backup.sqlite')
const NOW = Date.UTC(2026, 0, 31)
const quiet = { onDamaged: () => {}, onFailed: () => {} }
const ROOMS = ['a', 'b', 'c']
type Rows = ReturnType<typeof openSqliteRows>
type Kept = { readonly rows: string[]; readonly head: string }
let written: Map<string, Kept>

const open = (data: string): Rows => {
  const { log: database, heads } = dataFiles(data)
  return openSqliteRows({ database, heads }, { now: () => NOW }, quiet)
}
const nameOf = (row: { seq: number; at: number; author: string; update: Uint8Array }) =>
  `${row.seq} ${row.at} ${row.author} ${Buffer.from(row.update).toString('base64')}`

/** Three rooms: much in the database, much in the write-ahead log, a checkpoint in each. As a killed process leaves them. */
beforeAll(() => {
  mkdirSync(pristine)
  const random = createRandom(1)
  const rows = open(pristine)
  const append = (count: number) => {
    for (let index = 0; index < count; index++) {
      const update = Uint8Array.from({ length: 20 + random.below(300) }, () => random.below(256))
      rows.commit([{ room: ROOMS[index % 3] as string, entries: [{ update, author: 'ada' }], first: false }])
    }
  }
  append(90)
  rows.storeCheckpoint('a', { seq: 20, state: new Uint8Array(5_000).fill(7), holdings: Uint8Array.of(1) })
  rows.close()
  const more = open(pristine)
  append.call(null, 0)
  for (let index = 0; index < 90; index++)
    more.commit([
      { room: ROOMS[index % 3] as string, entries: [{ update: new Uint8Array(100).fill(index), author: 'bob' }], first: false },
    ])
  more.storeCheckpoint('b', { seq: 40, state: new Uint8Array(5_000).fill(8), holdings: Uint8Array.of(1) })
  written = new Map(
    ROOMS.map((room) => [room, { rows: more.read(room, 0).map(nameOf), head: JSON.stringify(more.head(room)?.epoch) }]),
  )
  mkdirSync(tried)
  const files = dataFiles(pristine)
  for (const file of [files.log, `${files.log}-wal`, files.heads]) copyFileSync(file, `${file}.kept`)
  writeFileSync(files.desk, '')
  const made = runOperation({ name: 'backup', file: backup }, pristine, NOW)
  if (!made.ok || !made.sound) throw new Error(made.ok ? made.lines.join('\n') : made.message)
  more.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Puts the files as they were kept, and spoils one of them. */
const spoil = (random: Random): string => {
  const [from, to] = [dataFiles(pristine), dataFiles(tried)]
  rmSync(tried, { recursive: true })
  mkdirSync(tried)
  const pairs = [
    [`${from.log}.kept`, to.log],
    [`${from.log}-wal.kept`, `${to.log}-wal`],
    [`${from.heads}.kept`, to.heads],
  ] as const
  for (const [kept, file] of pairs) copyFileSync(kept, file)
  const [, file] = pairs[random.below(10) === 0 ? 2 : random.below(2)] as (typeof pairs)[number]
  return `${file.slice(tried.length + 1)}: ${spoilFile(file, random)}`
}
const spoilFile = (file: string, random: Random): string => {
  const bytes = readFileSync(file)
  const at = random.below(bytes.length)
  if (random.below(20) === 0) {
    writeFileSync(file, bytes.subarray(0, at))
    return `cut at ${at}`
  }
  const bit = random.below(8)
  bytes[at] = (bytes[at] as number) ^ (1 << bit)
  writeFileSync(file, bytes)
  return `bit ${bit} of byte ${at}`
}

/** What is shown of a room is what was written, or a part of it from its beginning with damage told of. */
const faultsIn = (rows: Rows): string[] =>
  ROOMS.flatMap((room) => {
    const { checkpoint, rows: found, damage } = rows.load(room)
    const expected = (written.get(room) as Kept).rows
    const from = checkpoint?.seq ?? 0
    const isPrefix = found.every((row, index) => nameOf(row) === expected[from + index])
    const isStateSound = checkpoint === null || checkpoint.state.every((byte) => byte === (room === 'a' ? 7 : 8))
    const isWhole = from + found.length === expected.length
    const epoch = rows.head(room)?.epoch
    const isEpochSound = damage !== null || JSON.stringify(epoch) === (written.get(room) as Kept).head
    return [
      ...(isPrefix && isStateSound ? [] : [`${room}: served wrong`]),
      ...(damage === null && !isWhole
        ? [`${room}: ${expected.length - from - found.length} entries are gone without a word`]
        : []),
      ...(isEpochSound ? [] : [`${room}: of another epoch without a word`]),
    ]
  })

test(`V10: of ${extent.flips} flipped bits and cuts in the database, its write-ahead log and the head file none is served, and none goes unnoticed`, {
  timeout: 60_000 + extent.flips * 1_000,
}, () => {
  const random = createRandom(seedOf('flipped bits'))
  const faults: string[] = []
  const noticed = { atOpening: 0, asDamage: 0, byVerify: 0, none: 0 }
  for (let round = 0; round < extent.flips; round++) {
    const what = spoil(random)
    let rows: Rows
    try {
      rows = open(tried)
    } catch {
      noticed.atOpening += 1
      continue
    }
    try {
      faults.push(...faultsIn(rows).map((fault) => `${what}: ${fault}`))
      const damaged = ROOMS.some((room) => rows.load(room).damage !== null)
      const verified = runOperation({ name: 'verify', file: null }, tried, NOW)
      const isSound = verified.ok && verified.sound
      if (damaged) noticed.asDamage += 1
      else if (!isSound) noticed.byVerify += 1
      else {
        noticed.none += 1
        for (const room of ROOMS)
          if (JSON.stringify(rows.read(room, 0).map(nameOf)) !== JSON.stringify(written.get(room)?.rows))
            faults.push(`${what}: ${room}: verified as sound, and is not`)
      }
      if (damaged && isSound) faults.push(`${what}: damaged, and verified as sound`)
    } finally {
      rows.close()
    }
  }
  console.info(`flipped bits: ${JSON.stringify(noticed)}`)
  expect(faults).toEqual([])
  expect(noticed.asDamage + noticed.byVerify).toBeGreaterThan(extent.flips / 10)
})

test(`V10, V13: of ${extent.flips} flipped bits and cuts in a backup none is verified as sound that changed its content`, {
  timeout: 60_000 + extent.flips * 1_000,
}, () => {
  const random = createRandom(seedOf('flipped bits of a backup'))
  const faults: string[] = []
  let noticed = 0
  const file = join(folder, 'spoilt.sqlite')
  for (let round = 0; round < extent.flips; round++) {
    copyFileSync(backup, file)
    const what = spoilFile(file, random)
    const verified = runOperation({ name: 'verify', file }, folder, NOW)
    if (!verified.ok || !verified.sound) {
      noticed += 1
      continue
    }
    rmSync(tried, { recursive: true })
    mkdirSync(tried)
    copyFileSync(file, dataFiles(tried).log)
    const rows = open(tried)
    for (const room of ROOMS)
      if (JSON.stringify(rows.read(room, 0).map(nameOf)) !== JSON.stringify(written.get(room)?.rows))
        faults.push(`${what}: ${room} changed`)
    rows.close()
  }
  console.info(`flipped bits of a backup: ${noticed} of ${extent.flips} noticed`)
  expect(faults).toEqual([])
  // Most flips hit what holds nothing. A check that notices none would not be one.
  expect(noticed).toBeGreaterThan(extent.flips / 10)
})
