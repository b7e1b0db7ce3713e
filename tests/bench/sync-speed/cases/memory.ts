import { setTimeout as wait } from 'node:timers/promises'
import { type Contender, type ContenderName, startContender } from '../contenders.ts'
import { processFigures } from '../process-figures.ts'
import { ASK_ALL, clientFrame, openWire, type Wire } from '../wire.ts'

/** Bytes of the server's resident memory. */
export type MemoryFigures = {
  readonly idleConnection: number
  /** A dispatch that is open, with one connection, whose own cost is taken off. */
  readonly quietDispatch: number
  /** How much more than before the first came it holds after all have left. */
  readonly keptAfterAllLeft: number
}

const CONNECTIONS = 2_000
const DISPATCHES = 1_000
const SETTLE = 3_000
/** An empty room is kept for half a minute. */
const ALL_LEFT = 40_000

export const measureMemory = async (name: ContenderName): Promise<MemoryFigures> => {
  const idle = await grownBy(name, 1, CONNECTIONS)
  const quiet = await grownBy(name, DISPATCHES, 1)
  const idleConnection = idle.grown / CONNECTIONS
  return {
    idleConnection,
    quietDispatch: quiet.grown / DISPATCHES - idleConnection,
    keptAfterAllLeft: idle.kept,
  }
}

/** By how much connections to some rooms make a server grow that has as many already, and what of all stays when they have left. */
const grownBy = async (name: ContenderName, dispatches: number, each: number): Promise<{ grown: number; kept: number }> => {
  const contender = await startContender(name)
  const rss = async (settle = SETTLE) => {
    await wait(settle)
    return processFigures(contender.pid).rss
  }
  try {
    const rooms: string[] = []
    for (let room = 0; room < 2 * dispatches; room++) rooms.push(await contender.createRoom())
    const fresh = await rss()
    // The first make the process as large as its code, its buffers and its caches make it.
    const first = await enter(contender, rooms.slice(0, dispatches), each)
    const before = await rss()
    const second = await enter(contender, rooms.slice(dispatches), each)
    const grown = (await rss()) - before
    await leave([...first, ...second])
    return { grown, kept: (await rss(ALL_LEFT)) - fresh }
  } finally {
    await contender.stop()
  }
}

const enter = async (contender: Contender, rooms: readonly string[], each: number): Promise<Wire[]> => {
  const wires: Wire[] = []
  for (const room of rooms)
    for (let nth = 0; nth < each; nth++) {
      const wire = await openWire(contender, room, () => undefined)
      wire.send(clientFrame(contender.prefixOf(room), ASK_ALL))
      wires.push(wire)
    }
  return wires
}

const leave = async (wires: readonly Wire[]): Promise<void> => {
  for (const wire of wires) wire.close()
  await wait(500)
}
