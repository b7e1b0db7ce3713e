import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { CloseCode } from '@stet/schema/contract/sync'
import { afterAll, describe, expect, test } from 'vitest'
import { createDispatch, runCommand, type ServerProcess, startServerProcess } from './server-process.ts'
import { allSaved, createWriter, faultsOf, keepTyping, readWhole, tokensOf } from './writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-chaos-disk-'))
let server: ServerProcess | null = null
const ends: (() => void)[] = []
afterAll(() => {
  server?.signal('SIGKILL')
  for (const end of ends) end()
  rmSync(folder, { recursive: true, force: true })
})

/** Builds the library that makes fsync fail; null where there is no compiler. */
const failingFsync = (): string | null => {
  const library = join(folder, 'failing-fsync.so')
  const source = resolve(import.meta.dirname, 'failing-fsync.c')
  const built = spawnSync('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl'])
  return process.platform === 'linux' && built.status === 0 ? library : null
}
const library = failingFsync()
console.info(library === null ? 'fsync failure: no C compiler, not tested' : 'fsync failure: a library preloaded into the server')

describe.skipIf(library === null)('a disk whose fsync fails', () => {
  // A commit; the folding of the write-ahead log, whose errors SQLite would keep to itself; the head file.
  test.each(['log.sqlite-wal', 'log.sqlite', 'log.heads'])(
    'V15: where fsync of %s fails, nothing is acknowledged any more, the server ends and says why, and starts again whole',
    {
      timeout: 60_000,
    },
    async (name) => {
      const data = join(folder, `fsync-${name}`)
      const trigger = join(folder, `${name}-fails`)
      const env = { LD_PRELOAD: library ?? '', STET_FSYNC_FAILS: trigger, STET_FSYNC_FAILS_OF: name }
      server = await startServerProcess(data, { env })
      const rooms = await Promise.all(Array.from({ length: ROOMS }, () => openRoom(server as ServerProcess)))
      const writers = rooms.map(({ writer }) => writer)
      const stop = keepTyping(writers, 10)
      await expect
        .poll(() => Math.min(...writers.map((writer) => writer.acknowledged().length)), { timeout: 20_000 })
        .toBeGreaterThan(20)
      writeFileSync(trigger, '')
      expect(await server.ended).toBe(74)
      expect(server.complaints()).toContain('the disk failed: ')
      stop()
      for (const writer of writers) expect(writer.acknowledged().length).toBeLessThan(writer.typed().length)
      rmSync(trigger)
      server = await startServerProcess(data)
      for (const { writer, address } of rooms) {
        expect(faultsOf(await readWhole(address()), [writer])).toEqual([])
        await writer.connect().synced
        await allSaved(writer)
        expect(tokensOf(await readWhole(address()))).toHaveLength(writer.typed().length)
        writer.wire().close()
      }
      server.signal('SIGTERM')
      expect(await server.ended).toBe(0)
      expect(await runCommand(data, 'verify')).toMatchObject({ code: 0 })
    },
  )
})

/** So many that the write-ahead log is soon long enough to be folded. */
const ROOMS = 6

const openRoom = async (of: ServerProcess) => {
  const dispatch = await createDispatch(of)
  const address = () => ({ ...(server ?? of), dispatch })
  const writer = createWriter(dispatch, address)
  await writer.connect().synced
  return { address, writer }
}

const TMPFS_BYTES = 24 * 1024 * 1024
const SPARE_BYTES = 256 * 1024

/** A small file system in memory; null where this user may not mount one. */
const smallDisk = (): string | null => {
  const path = join(folder, 'small')
  mkdirSync(path)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${TMPFS_BYTES}`, 'tmpfs', path])
  if (mounted.status !== 0) return null
  ends.push(() => spawnSync('umount', ['-l', path]))
  return path
}
const disk = smallDisk()
console.info(disk === null ? 'full disk: no leave to mount, not tested' : 'full disk: a tmpfs of 24 MiB')

describe.skipIf(disk === null)('a disk that is full', () => {
  test('V16: nothing is acknowledged, reading goes on, and with space again everything is saved', {
    timeout: 120_000,
  }, async () => {
    const data = join(disk ?? '', 'data')
    const ballast = join(disk ?? '', 'ballast')
    server = await startServerProcess(data)
    const dispatch = await createDispatch(server)
    const address = () => ({ ...(server as ServerProcess), dispatch })
    const writer = createWriter('a', address)
    await writer.connect().synced
    writer.type()
    await allSaved(writer)
    fill(ballast, SPARE_BYTES)
    const closed = writer.wire().closed
    const stop = keepTyping([writer], 1)
    expect(await closed).toEqual({
      code: CloseCode.notSaved,
      reason: 'not saved: the server has no space left; your changes stay with you until it can',
    })
    stop()
    expect(writer.acknowledged().length).toBeLessThan(writer.typed().length)
    // Also the little that a smaller write would have found.
    fill(ballast, 0)
    const { url } = server
    // The commit that failed has left a few pages behind it, which smaller ones may use first.
    await expect.poll(async () => (await fetch(`${url}/healthz`)).status, { timeout: 20_000, interval: 1_000 }).toBe(503)
    expect(faultsOf(await readWhole(address()), [writer])).toEqual([])
    const again = writer.connect()
    expect((await again.closed).code).toBe(CloseCode.notSaved)
    expect(server.child.exitCode).toBeNull()

    rmSync(ballast)
    await writer.connect().synced
    await allSaved(writer)
    expect(tokensOf(await readWhole(address()))).toHaveLength(writer.typed().length)
    writer.wire().close()
    server.signal('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(await runCommand(data, 'verify')).toMatchObject({ code: 0 })
  })
})

const fill = (file: string, spare: number) => {
  const { bavail, bsize } = statfsSync(dirname(file))
  appendFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - spare), 1))
}
