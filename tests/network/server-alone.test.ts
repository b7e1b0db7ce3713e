import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { madeDispatch } from '../bench/site-speed/made-show.ts'
import { startServerProcess } from '../chaos/server-process.ts'
import { openWire } from '../chaos/wire.ts'

const NOTES = pathToFileURL(join(import.meta.dirname, 'note-connections.ts')).href

/** A hub that the owner configured: the one address that the server may call, and the proof that a call is noted. */
const startHub = async () => {
  let pinged = () => {}
  const ping = new Promise<void>((resolve) => {
    pinged = resolve
  })
  const hub = createServer((_, response) => {
    response.writeHead(204).end()
    pinged()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => hub.once('listening', resolve))
  onTestFinished(() => {
    hub.close()
    hub.closeAllConnections()
  })
  return { address: `127.0.0.1:${(hub.address() as AddressInfo).port}`, ping }
}

/** All that is linked from the front page on, each asked for once. The desk is files alone, and may not be built here. */
const everyPage = async (url: string, ask: (path: string) => Promise<string>): Promise<ReadonlySet<string>> => {
  const seen = new Set(['/', '/podcast.xml', '/sitemap.xml', '/search?q=harbour'])
  for (const path of seen)
    for (const [, link = ''] of (await ask(path)).matchAll(/(?:href|src)="([^"]*)"/g)) {
      const { origin, pathname } = new URL(link, `${url}${path}`)
      if (origin === url && !pathname.startsWith('/desk')) seen.add(pathname)
    }
  return seen
}

test('Z4: from its start to its end, whatever is written, published, read and asked for, the server calls what its owner configured and nobody else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stet-alone-'))
  const notes = join(folder, 'connections')
  const data = join(folder, 'data')
  mkdirSync(data)
  const hub = await startHub()
  const server = await startServerProcess(data, {
    env: {
      NODE_OPTIONS: `--import ${NOTES}`,
      STET_CONNECTIONS: notes,
      STET_HUB: `http://${hub.address}/`,
      STET_NEIGHBOURS: hub.address,
      STET_METRICS_PORT: '0',
    },
  })
  onTestFinished(() => {
    server.child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  const ask = async (path: string, body?: object): Promise<string> => {
    const answer = await fetch(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: server.authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.text()
  }

  // Its sources name addresses of others, and so does its recording.
  const content = {
    ...madeDispatch(1, 2),
    audio: {
      kind: 'link' as const,
      url: 'https://recordings.example/1.mp3',
      type: 'audio/mpeg' as const,
      bytes: 4_800_000,
      seconds: 300,
    },
  }
  const { id } = JSON.parse(await ask('/api/dispatches', { content }))
  const doc = new Y.Doc()
  const wire = openWire({ url: server.url, authorization: server.authorization, dispatch: id, doc })
  await wire.synced
  await ask(`/api/dispatches/${id}/revisions`, {})
  await ask(`/api/dispatches/${id}/history`)
  const pages = await everyPage(server.url, ask)
  expect([...pages]).toEqual(expect.arrayContaining(['/feed.xml', '/about/', '/dispatches/001/001.zip']))
  wire.close()
  await hub.ping
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)

  expect(existsSync(notes) ? [...new Set(readFileSync(notes, 'utf8').trim().split('\n'))] : []).toEqual([
    `connects to ${hub.address}`,
  ])
})
