import { setTimeout as pass } from 'node:timers/promises'
import { CLOSINGS } from '@stet/schema/contract/sync'
import * as Y from 'yjs'
import { createRandom } from '../../apps/sync-server/src/sync/honest-replica.ts'
import type { GateServer } from './gate-server.ts'
import { actHonestly } from './honest-acts.ts'
import { openPage, type Page } from './page.ts'
import { wholeOf } from './whole.ts'

export type HonestOutcome = {
  readonly messages: number
  /** Sockets that the server closed though nobody did wrong. */
  readonly refusals: readonly string[]
  /** Dispatches whose pages do not end equal. */
  readonly unequal: readonly string[]
  readonly happenings: Readonly<Record<string, number>>
}

const CODES = new Set<number>(Object.values(CLOSINGS).map(({ code }) => code))
const PAGES = 5

/**
 * One dispatch, three people and five pages, until so many messages were sent: they write, undo, paste, reload, lose the network,
 * vanish, come back with two weeks of work, keep several tabs that tell each other, and hand over what others wrote.
 */
export const playHonestly = async (server: GateServer, seed: number, atLeast: number): Promise<HonestOutcome> => {
  const random = createRandom(seed)
  const dispatch = await server.createDispatch()
  const tokens = await Promise.all(['Ada', 'Bo', 'Cleo'].map((name) => server.token(name)))
  const refusals: string[] = []
  const happenings: Record<string, number> = {}
  let messages = 0
  let isOver = false

  const open = (token: string, stored: Uint8Array | null = null): Page => {
    const page = openPage({
      socketUrl: server.socketUrl,
      dispatch,
      token,
      stored,
      onSent: () => {
        messages += 1
      },
      onClosed: ({ code, reason }) => {
        if (!isOver && CODES.has(code)) refusals.push(`seed ${seed}: ${code} ${reason}`)
      },
    })
    page.provider.connect()
    return page
  }
  const pages = Array.from({ length: PAGES }, (_, nth) => open(tokens[nth % tokens.length] as string))

  /** What tabs of one browser do by BroadcastChannel, whether they are connected or not. */
  const tellTabs = (from: Page) => {
    const update = Y.encodeStateAsUpdate(from.doc)
    for (const other of pages) if (other !== from && other.token === from.token) Y.applyUpdate(other.doc, update, other.provider)
  }
  const replace = (page: Page, next: Page) => pages.splice(pages.indexOf(page), 1, next)
  const happening: Record<string, (page: Page) => void | Promise<void>> = {
    reload: (page) => {
      const stored = Y.encodeStateAsUpdate(page.doc)
      page.close()
      replace(page, open(page.token, stored))
    },
    'vanish and reload': (page) => {
      actHonestly(page, random)
      const stored = Y.encodeStateAsUpdate(page.doc)
      page.vanish()
      replace(page, open(page.token, stored))
    },
    'a new device': (page) => {
      page.close()
      replace(page, open(page.token))
    },
    reconnect: (page) => {
      page.provider.disconnect()
      page.provider.connect()
    },
    'a cut while writing': (page) => {
      actHonestly(page, random)
      page.provider.ws?.close()
      for (let nth = 0; nth < 5; nth++) actHonestly(page, random)
    },
    offline: async (page) => {
      page.provider.disconnect()
      for (let nth = 0; nth < 30; nth++) actHonestly(page, random)
      await pass(random.below(30))
      page.provider.connect()
    },
    'two weeks': (page) => {
      page.provider.disconnect()
      for (let nth = 0; nth < 400; nth++) actHonestly(page, random)
      page.provider.connect()
    },
    'tabs tell each other': (page) => {
      actHonestly(page, random)
      tellTabs(page)
    },
    'tabs without a network': (page) => {
      page.provider.disconnect()
      for (let nth = 0; nth < 10; nth++) actHonestly(page, random)
      tellTabs(page)
      page.provider.connect()
    },
    /** A replica with what others wrote while the server was away brings it before they do. */
    'hand over': (page) => {
      const other = random.pick(pages)
      if (other === page) return
      for (const each of [page, other]) each.provider.disconnect()
      for (let nth = 0; nth < 10; nth++) actHonestly(other, random)
      Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(other.doc), page.provider)
      for (const each of random.below(2) === 0 ? [page, other] : [other, page]) each.provider.connect()
    },
    /** Two stock providers at once: what one brings the other sends on, perhaps before its writer does. */
    'by another way': (page) => {
      const other = random.pick(pages)
      if (other === page) return
      Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(other.doc), 'another way')
      const pass = (update: Uint8Array, origin: unknown) => {
        if (origin !== other.provider) Y.applyUpdate(page.doc, update, 'another way')
      }
      other.doc.on('update', pass)
      for (let nth = 0; nth < 5; nth++) actHonestly(other, random)
      other.doc.off('update', pass)
    },
    'say everything again': (page) => {
      const whole = Y.encodeStateAsUpdate(page.doc)
      if (page.provider.wsconnected) page.provider.ws?.send(framed(whole))
    },
    'say goodbye': (page) => page.awareness.setLocalState(null),
    'come back': (page) => page.awareness.setLocalState({ field: 'body' }),
  }

  for (let step = 0; messages < atLeast; step++) {
    const page = random.pick(pages)
    if (random.below(12) > 0 || step < 50) actHonestly(page, random)
    else {
      const name = random.pick(Object.keys(happening))
      if (name === 'two weeks' && random.below(5) > 0) continue
      happenings[name] = (happenings[name] ?? 0) + 1
      await happening[name]?.(page)
    }
    // As many messages as people make in a second, not as many as a loop does.
    if (step % 4 === 0) await pass(1 + random.below(8))
  }
  for (const page of pages) page.provider.connect()
  const equal = await settled(pages)
  isOver = true
  for (const page of pages) page.close()
  return { messages, refusals, happenings, unequal: equal ? [] : [`seed ${seed}: ${dispatch}`] }
}

const SETTLING = 120_000

/** Whether all pages come to say the same. */
const settled = async (pages: readonly Page[]): Promise<boolean> => {
  const until = Date.now() + SETTLING
  while (Date.now() < until) {
    await pass(100)
    const vectors = pages.map(({ doc }) => JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort()))
    if (vectors.some((vector) => vector !== vectors[0])) continue
    const states = pages.map(({ doc }) => wholeOf(doc))
    if (states.every((state) => state === states[0])) return true
  }
  return false
}

/** A step 2 as any client may send at any time. */
const framed = (update: Uint8Array): Uint8Array<ArrayBuffer> => {
  const length: number[] = []
  let rest = update.length
  for (; rest > 127; rest = Math.floor(rest / 128)) length.push((rest % 128) | 128)
  return Uint8Array.from([0, 1, ...length, rest, ...update])
}
