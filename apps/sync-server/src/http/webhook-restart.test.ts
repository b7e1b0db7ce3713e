import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { emptyContent } from '@stet/schema/snapshot'
import { expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { createManualClock } from '../manual-clock.ts'
import { startTestServer } from '../test-server.ts'

test('J4: what was not taken before the server stopped is sent by the next start', async () => {
  const ids: string[] = []
  let isDown = true
  const receiver = createServer((request, response) => {
    ids.push(String(request.headers['webhook-id']))
    response.writeHead(isDown ? 503 : 204).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  const neighbours = [{ address: '127.0.0.1', port }]
  const clock = createManualClock(Date.now())

  const first = await startTestServer({ neighbours, clock })
  const { code } = await first.access.invitations.create({ role: 'owner', uses: 1, days: 7, madeBy: 'the test' })
  const signedIn = await first.request('POST', '/api/session', { role: null, body: { code, name: 'Ada' } })
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const url = `http://127.0.0.1:${port}/`
  await first.request('POST', '/api/webhooks', { role: null, headers: { cookie }, body: { url } })
  const id = await first.createDispatch({
    ...emptyContent('essay'),
    title: 'Tides',
    body: [{ kind: 'paragraph', id: 'b1', content: [{ type: 'text', text: 'Tides.' }] }],
  })
  expect((await first.request('POST', `/api/dispatches/${id}/revisions`)).status).toBe(201)
  await eventually(() => expect(ids).toHaveLength(1))
  await first.stop(true)

  isDown = false
  clock.advance(60_000)
  const second = await startTestServer({ neighbours, clock, folder: first.folder })
  await eventually(() => expect(ids).toHaveLength(2))
  expect(ids[1]).toBe(ids[0])
  await second.stop()
  receiver.close()
  receiver.closeAllConnections()
})
