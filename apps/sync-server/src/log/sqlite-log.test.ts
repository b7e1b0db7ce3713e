import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { openSqliteLog } from './sqlite-log.ts'
import { describeUpdateLog } from './update-log.contract.ts'
import { DamagedLog } from './update-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-log-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const freshFile = () => {
  const name = join(folder, `${files++}`)
  return { database: `${name}.sqlite`, heads: `${name}.heads` }
}
const update = (value: number) => Uint8Array.of(0, value)

describe('sqlite log', () => {
  describeUpdateLog(() => openSqliteLog(freshFile()))

  test('what was appended is there after reopening, and the numbers go on', async () => {
    const file = freshFile()
    const before = await openSqliteLog(file)
    await before.append('r', [{ update: update(1), author: 'ada' }])
    await before.storeCheckpoint('r', { seq: 1, state: update(5), holdings: update(6) })
    await before.close()
    const after = await openSqliteLog(file)
    expect(await after.append('r', [{ update: update(2), author: 'bob' }])).toMatchObject({ ok: true, seq: 2 })
    expect((await after.read('r', 0)).map((row) => [row.seq, row.author, row.update[1]])).toEqual([
      [1, 'ada', 1],
      [2, 'bob', 2],
    ])
    expect(await after.checkpoint('r')).toEqual({ seq: 1, state: update(5), holdings: update(6) })
    await after.close()
  })

  test.each([
    ['a changed byte', "UPDATE entries SET bytes = x'0063' WHERE seq = 2"],
    ['a changed author', "UPDATE entries SET author = 'mallory' WHERE seq = 2"],
    ['a missing row', 'DELETE FROM entries WHERE seq = 2'],
    ['a missing end', 'DELETE FROM entries WHERE seq = 3'],
  ])('%s is noticed when the room is read', async (_, damage) => {
    const file = freshFile()
    const log = await openSqliteLog(file)
    await log.append(
      'r',
      [1, 2, 3].map((value) => ({ update: update(value), author: 'ada' })),
    )
    const intruder = new Database(file.database)
    intruder.exec(damage)
    intruder.close()
    await expect(log.read('r', 0)).rejects.toThrow(DamagedLog)
    await log.close()
  })

  test('V26: who writes alone is committed at once; commits that would follow each other too closely are one', async () => {
    const clock = createManualClock()
    const log = await openSqliteLog(freshFile(), { clock })
    const append = (room: string, value: number) => log.append(room, [{ update: update(value), author: 'ada' }])
    expect(await append('r', 1)).toMatchObject({ ok: true, seq: 1 })
    const early: string[] = []
    const later = [append('r', 2).then(() => early.push('r')), append('s', 3).then(() => early.push('s'))]
    // The thread answers in order: what had been given to it before would be here.
    expect(await log.head('r')).toMatchObject({ seq: 1 })
    expect(early).toEqual([])
    clock.advance(5)
    await Promise.all(later)
    const last = append('r', 4)
    await log.close()
    expect(await last).toMatchObject({ ok: true, seq: 3 })
  })

  test('V26: the more dispatches a commit held, the longer the next one waits, eight milliseconds at most', async () => {
    const clock = createManualClock()
    const log = await openSqliteLog(freshFile(), { clock })
    const append = (room: string) => log.append(room, [{ update: update(1), author: 'ada' }])
    await append('first')
    clock.advance(2)
    const many = Array.from({ length: 20 }, (_, nth) => append(`room ${nth}`))
    await Promise.all(many)
    let isHere = false
    const last = append('last').then(() => {
      isHere = true
    })
    clock.advance(7)
    expect(await log.head('first')).toMatchObject({ seq: 1 })
    expect(isHere).toBe(false)
    clock.advance(1)
    await last
    await log.close()
  })

  test('a file that is no database is refused at opening', async () => {
    await expect(
      openSqliteLog({ database: join(folder, 'no-such-folder', 'log.sqlite'), heads: join(folder, 'heads') }),
    ).rejects.toThrow()
  })
})
