import { CloseCode } from '@stet/schema/contract/sync'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { Adversary } from './adversaries/adversary.ts'
import { frames } from './adversaries/frames.ts'
import { identity } from './adversaries/identity.ts'
import { structs } from './adversaries/structs.ts'
import { savedMessage } from './bytes.ts'
import { type GateServer, startGateServer } from './gate-server.ts'
import { playHonestly } from './honest-traffic.ts'
import { playMutations } from './mutations.ts'
import { openPage, type Page } from './page.ts'
import { wholeOf } from './whole.ts'
import { openWire } from './wire.ts'

let server: GateServer
beforeAll(async () => {
  server = await startGateServer()
})
afterAll(() => server.stop())

const open = async (dispatch: string, name: string): Promise<Page> => {
  const page = openPage({
    socketUrl: server.socketUrl,
    dispatch,
    token: await server.token(name),
    onSent: () => {},
    onClosed: ({ code, reason }) => {
      if (code >= 4400) throw new Error(`${name} was closed: ${code} ${reason}`)
    },
  })
  page.provider.connect()
  return page
}
const eventually = (holds: () => void) => vi.waitFor(holds, { timeout: 30_000, interval: 20 })
const stored = async (dispatch: string): Promise<string> => {
  const late = await open(dispatch, 'a newcomer')
  await eventually(() => expect(late.provider.synced).toBe(true))
  const whole = wholeOf(late.doc)
  late.close()
  return whole
}

const tried = async ({ answer, attack, role = 'editor' }: Adversary) => {
  const dispatch = await server.createDispatch()
  const [ada, bo] = [await open(dispatch, 'Ada'), await open(dispatch, 'Bo')]
  ada.dispatch.text('title').insert(0, 'Tide tables')
  await eventually(() => expect(bo.dispatch.text('title').toString()).toBe('Tide tables'))
  await eventually(() => expect(bo.awareness.getStates().size).toBe(2))
  const before = await stored(dispatch)
  const carets = JSON.stringify(ada.awareness.getLocalState())

  const eve = await openWire(server, dispatch, await server.token('Eve', role))
  await attack({ eve, ada, bo })
  if (answer === 'passed over') {
    eve.send(savedMessage)
    await eve.until(() => eve.frames.some(([type]) => type === savedMessage[0]))
    expect(eve.closing()).toBe(null)
    expect(bo.awareness.getStates().size).toBeLessThanOrEqual(3)
    expect(bo.awareness.getStates().get(ada.doc.clientID)).toMatchObject({ person: { name: 'Ada' } })
    expect(JSON.stringify(ada.awareness.getLocalState())).toBe(carets)
  } else expect((await eve.closed()).code).toBe(CloseCode[answer])

  return { dispatch, ada, bo, before, eve }
}
/** All but the types in types, of which the first are allowed, and of two pages of one id, of which the first is. */
const leavesTraces = ({ name }: Adversary) => name.includes('one a message') || name.includes('one client id')

test.concurrent.each([...frames, ...structs, ...identity])('V3: $name: $answer', async (adversary) => {
  const { dispatch, ada, bo, before, eve } = await tried(adversary)
  if (!leavesTraces(adversary)) expect(await stored(dispatch)).toBe(before)
  ada.dispatch.text('title').insert(0, 'Still: ')
  await eventually(() => expect(bo.dispatch.text('title').toString()).toBe('Still: Tide tables'))
  expect(wholeOf(bo.doc)).toBe(wholeOf(ada.doc))
  expect(await stored(dispatch)).toBe(wholeOf(ada.doc))
  expect(await server.isAlive()).toBe(true)
  for (const page of [ada, bo]) page.close()
  eve.close()
})

test('G1: honest traffic is never refused (`npm run gate:honest` for more)', async () => {
  const seed = Date.now() % 1_000_000_000
  const outcomes = await Promise.all([1, 2, 3].map((nth) => playHonestly(server, seed + nth, 700)))
  expect(
    outcomes.flatMap(({ refusals, unequal }) => [...refusals, ...unequal]),
    `seed ${seed}`,
  ).toEqual([])
})

test('V3: of mutated messages nothing is stored that was refused, and nobody else notices (`npm run gate:mutations` for more)', async () => {
  const seed = Date.now() % 1_000_000_000
  const { faults, tried } = await playMutations(server, seed, 300, 4)
  expect([tried, faults], `seed ${seed}`).toEqual([300, []])
  expect(await server.isAlive()).toBe(true)
})

test('G2: what the server lost of a colleague’s words is taken from whoever brings it first', async () => {
  const dispatch = await server.createDispatch()
  const [ada, bo] = [await open(dispatch, 'Ada'), await open(dispatch, 'Bo')]
  await eventually(() => expect([ada.provider.synced, bo.provider.synced]).toEqual([true, true]))
  ada.provider.disconnect()
  bo.provider.disconnect()
  ada.dispatch.text('title').insert(0, 'Written while the server was away')
  Y.applyUpdate(bo.doc, Y.encodeStateAsUpdate(ada.doc))
  bo.provider.connect()
  await eventually(() => expect(bo.provider.synced).toBe(true))
  await vi.waitFor(async () => expect(await stored(dispatch)).toBe(wholeOf(ada.doc)), { timeout: 20_000 })
  ada.provider.connect()
  await eventually(() => expect(ada.provider.synced).toBe(true))
  ada.dispatch.text('title').insert(0, 'W')
  await eventually(() => expect(wholeOf(bo.doc)).toBe(wholeOf(ada.doc)))
  for (const page of [ada, bo]) page.close()
})
