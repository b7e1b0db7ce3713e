import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createRandom } from '../bench/editor-speed/random.ts'
import { extent, seedOf } from './extent.ts'
import { createDispatch, runCommand, type ServerProcess, startServerProcess } from './server-process.ts'
import { allSaved, createWriter, faultsOf, keepTyping, readWhole, tokensOf } from './writer.ts'

const data = mkdtempSync(join(tmpdir(), 'stet-chaos-kill-'))
let server: ServerProcess
afterAll(() => {
  server.signal('SIGKILL')
  rmSync(data, { recursive: true })
})

test(`V1: ${extent.kills} kills at random moments under load lose nothing acknowledged and double nothing`, {
  timeout: extent.kills * 15_000,
}, async () => {
  const random = createRandom(seedOf('kills'))
  server = await startServerProcess(data)
  const rooms = await Promise.all(
    [0, 1].map(async (room) => {
      const dispatch = await createDispatch(server)
      const address = () => ({ ...server, dispatch })
      return { address, writers: [0, 1, 2].map((each) => createWriter(`${room}.${each}`, address)) }
    }),
  )
  const writers = rooms.flatMap((room) => room.writers)
  const checkAll = async () => {
    for (const { address, writers } of rooms) expect(faultsOf(await readWhole(address()), writers)).toEqual([])
  }
  for (let kill = 0; kill < extent.kills; kill++) {
    // Every second time after all is back, else in the middle of coming back.
    const wires = writers.map((writer) => writer.connect())
    if (kill % 2 === 0) await Promise.all(wires.map((wire) => wire.synced))
    const stop = keepTyping(writers, 3)
    await after(20 + random.below(180))
    server.signal('SIGKILL')
    await server.ended
    stop()
    await Promise.all(wires.map((wire) => wire.closed))
    server = await startServerProcess(data)
    await checkAll()
  }
  expect(writers.every((writer) => writer.acknowledged().length > 0)).toBe(true)

  await Promise.all(writers.map((writer) => writer.connect().synced))
  await Promise.all(writers.map(allSaved))
  for (const { address, writers } of rooms) {
    const text = await readWhole(address())
    expect(faultsOf(text, writers)).toEqual([])
    expect(tokensOf(text)).toHaveLength(writers.reduce((sum, writer) => sum + writer.typed().length, 0))
    await expect.poll(() => writers.map(({ doc }) => doc.getText('body').toString())).toEqual(writers.map(() => text))
  }
  for (const writer of writers) writer.wire().close()
  server.signal('SIGTERM')
  expect(await server.ended).toBe(0)
  expect(await runCommand(data, 'verify')).toMatchObject({ code: 0, said: expect.stringContaining('all sound: ') })
})
