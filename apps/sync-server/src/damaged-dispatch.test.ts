import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloseCode, EPOCH_PARAM, MessageType } from '@stet/schema/contract/sync'
import Database from 'better-sqlite3'
import * as decoding from 'lib0/decoding'
import { afterAll, expect, test } from 'vitest'
import { dataFiles } from './data-folder.ts'
import { eventually } from './eventually.ts'
import { startTestServer, type TestServer } from './test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'stet-damaged-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Two dispatches with three entries of text each; an entry of the first is altered on the disk. */
const damagedServer = async () => {
  const before = await startTestServer({ folder })
  const ids = [await before.createDispatch(), await before.createDispatch()] as const
  for (const id of ids) {
    const client = before.connect(id)
    await eventually(() => expect(client.provider.synced).toBe(true))
    for (const word of ['let ', 'it ', 'stand']) {
      client.text.insert(client.text.length, word)
      const seq = ['let ', 'it ', 'stand'].indexOf(word) + 2
      await eventually(async () => expect((await before.log.head(id))?.seq).toBe(seq))
    }
    client.provider.destroy()
  }
  await before.stop(true)
  const db = new Database(dataFiles(folder).log)
  db.prepare('DELETE FROM checkpoints').run()
  db.prepare("UPDATE entries SET bytes = x'0000' WHERE room = ? AND seq = 4").run(ids[0])
  db.close()
  return { server: await startTestServer({ folder }), ids }
}
const firstFrame = async (server: TestServer, id: string) => {
  const socket = server.openSocket(`${id}?${EPOCH_PARAM}=tell`)
  const data = await new Promise<Buffer>((resolve) => socket.once('message', resolve))
  socket.close()
  const decoder = decoding.createDecoder(Uint8Array.from(data))
  return [
    decoding.readVarUint(decoder),
    decoding.readVarString(decoder),
    decoding.readVarString(decoder),
    decoding.readVarUint(decoder),
  ]
}

test('V11: a damaged dispatch shows its last sound state and refuses content for good; the others are untouched', async () => {
  const { server, ids } = await damagedServer()
  const [damaged, sound] = ids
  const reader = server.connect(damaged)
  await eventually(() => expect(reader.text.toString()).toBe('let it '))
  const closed = new Promise<{ code: number; reason: string }>((resolve) => reader.provider.once('closed', resolve))
  reader.text.insert(0, 'not taken: ')
  expect(await closed).toMatchObject({ code: CloseCode.damaged, reason: expect.stringContaining('can be read, not changed') })
  expect(await server.log.head(damaged)).toMatchObject({ seq: 3 })

  const [ada, bob] = [server.connect(sound), server.connect(sound)]
  await eventually(() => expect([ada.text.toString(), bob.provider.synced]).toEqual(['let it stand', true]))
  ada.text.insert(0, 'do ')
  await eventually(() => expect(bob.text.toString()).toBe('do let it stand'))

  expect(await firstFrame(server, damaged)).toEqual([
    MessageType.epoch,
    expect.stringMatching(/^[\w-]{22}$/),
    expect.any(String),
    1,
  ])
  expect(await firstFrame(server, sound)).toEqual([
    MessageType.epoch,
    expect.stringMatching(/^[\w-]{22}$/),
    expect.any(String),
    0,
  ])
  expect(await server.request('GET', `/api/dispatches/${damaged}/snapshot`)).toMatchObject({ status: 503 })
  expect(await server.request('POST', `/api/dispatches/${damaged}/revisions`)).toMatchObject({ status: 503 })
  for (const { provider } of [reader, ada, bob]) provider.destroy()
  await server.stop(true)
})
