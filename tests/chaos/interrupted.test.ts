import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { CloseCode } from '@stet/schema/contract/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../bench/editor-speed/random.ts'
import { extent, seedOf } from './extent.ts'
import { createDispatch, type ServerProcess, startServerProcess } from './server-process.ts'
import { allSaved, createWriter, faultsOf, keepTyping, readWhole, tokensOf, type Writer } from './writer.ts'

const data = mkdtempSync(join(tmpdir(), 'stet-chaos-cut-'))
let server: ServerProcess
beforeAll(async () => {
  server = await startServerProcess(data)
})
afterAll(async () => {
  server.signal('SIGKILL')
  await server.ended
  rmSync(data, { recursive: true })
})
const freshAddress = async () => {
  const dispatch = await createDispatch(server)
  return () => ({ ...server, dispatch })
}
/** All that anyone typed is there once, at the server and with everyone who writes. */
const expectEqual = async (address: Awaited<ReturnType<typeof freshAddress>>, writers: readonly Writer[]) => {
  const text = await readWhole(address())
  expect(faultsOf(text, writers)).toEqual([])
  expect(tokensOf(text)).toHaveLength(writers.reduce((sum, writer) => sum + writer.typed().length, 0))
  await expect.poll(() => writers.map(({ doc }) => doc.getText('body').toString())).toEqual(writers.map(() => text))
}

test('frames that are dropped or come twice: nothing is acknowledged that rests on a lost one, and all converge', {
  timeout: 120_000,
}, async () => {
  const random = createRandom(seedOf('frames'))
  const address = await freshAddress()
  let lost = 0
  let isSound = false
  const lose = (frame: Uint8Array) => {
    if (isSound) return [frame]
    const chance = random.unit()
    if (chance < 0.01) lost += 1
    return chance < 0.01 ? [] : chance < 0.03 ? [frame, frame] : [frame]
  }
  const writers = [0, 1, 2].map((each) => createWriter(`${each}`, address, lose))
  let isTyping = true
  /** Most of what is lost is asked for; where the answer is lost too, a writer comes back. */
  const comeBack = async (writer: Writer): Promise<void> => {
    while (isTyping) {
      const wire = writer.connect()
      const ended = await Promise.race([wire.closed, typingEnds])
      if (ended === 'typing ends') break
      expect(ended.code).toBe(CloseCode.notSaved)
    }
  }
  let endTyping = () => {}
  const typingEnds = new Promise<'typing ends'>((resolve) => {
    endTyping = () => resolve('typing ends')
  })
  const comings = Promise.all(writers.map(comeBack))
  for (let frame = 0; frame < extent.frames; frame++) {
    writers[random.below(writers.length)]?.type()
    if (frame % 10 === 0) await after(2)
  }
  isTyping = false
  endTyping()
  await comings
  expect(lost).toBeGreaterThan(0)
  for (const writer of writers) writer.wire().close()
  // What is still on its way may be saved, and said to be, until then.
  await Promise.all(writers.map((writer) => writer.wire().closed))
  expect(faultsOf(await readWhole(address()), writers)).toEqual([])
  // At last over a sound line: of a step 2 that is lost with nothing after it nobody would ever hear.
  isSound = true
  for (const writer of writers) {
    let wire = writer.connect()
    while ((await Promise.race([wire.synced.then(() => allSaved(writer)).then(() => 'saved'), wire.closed])) !== 'saved')
      wire = writer.connect()
  }
  await expectEqual(address, writers)
  for (const writer of writers) writer.wire().close()
})

test('a server that stands still for a while goes on where it stood', { timeout: 30_000 * extent.pauses + 30_000 }, async () => {
  const random = createRandom(seedOf('pauses'))
  const address = await freshAddress()
  const writers = [0, 1].map((each) => createWriter(`${each}`, address))
  await Promise.all(writers.map((writer) => writer.connect().synced))
  const stop = keepTyping(writers, 5)
  for (let pause = 0; pause < extent.pauses; pause++) {
    await after(random.below(200))
    server.signal('SIGSTOP')
    const before = writers.map((writer) => writer.acknowledged().length)
    await after(500 + random.below(1_000))
    // What was on the wire may still come in; nothing of what was typed during the pause is called saved.
    for (const [index, writer] of writers.entries()) expect(writer.acknowledged().length - (before[index] ?? 0)).toBeLessThan(80)
    server.signal('SIGCONT')
  }
  await after(100)
  stop()
  await Promise.all(writers.map(allSaved))
  await expectEqual(address, writers)
  for (const writer of writers) writer.wire().close()
})

test('a socket whose other end has fallen silent keeps nobody else waiting, and is whole when it wakes', {
  timeout: 60_000,
}, async () => {
  const address = await freshAddress()
  const [silent, ...others] = [0, 1, 2].map((each) => createWriter(`${each}`, address)) as [Writer, ...Writer[]]
  await Promise.all([silent, ...others].map((writer) => writer.connect().synced))
  silent.type()
  await allSaved(silent)
  silent.wire().socket.pause()
  for (let round = 0; round < 200; round++) for (const other of others) other.type()
  await Promise.all(others.map(allSaved))
  silent.wire().socket.resume()
  await expectEqual(address, [silent, ...others])
  for (const writer of [silent, ...others]) writer.wire().close()
})

test('V14: SIGTERM stores and acknowledges what was sent, tells everyone to come back, and ends with 0', {
  timeout: 30_000,
}, async () => {
  const address = await freshAddress()
  const writers = [0, 1].map((each) => createWriter(`${each}`, address))
  const wires = await Promise.all(
    writers.map(async (writer) => {
      const wire = writer.connect()
      await wire.synced
      return wire
    }),
  )
  for (let round = 0; round < 50; round++) for (const writer of writers) writer.type()
  const began = performance.now()
  // Only what has come in can be stored: one acknowledgement says that the rest is right behind.
  await Promise.all(writers.map(async (writer) => expect.poll(() => writer.acknowledged().length).toBeGreaterThan(0)))
  server.signal('SIGTERM')
  expect((await Promise.all(wires.map((wire) => wire.closed))).map(({ code }) => code)).toEqual([
    CloseCode.goingDown,
    CloseCode.goingDown,
  ])
  expect(await server.ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(10_000)
  const acknowledged = writers.map((writer) => writer.acknowledged().length)
  server = await startServerProcess(data)
  const text = await readWhole(address())
  expect(faultsOf(text, writers)).toEqual([])
  expect(tokensOf(text).length).toBe(acknowledged.reduce((sum, count) => sum + count, 0))
})
