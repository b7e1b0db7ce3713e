import { setTimeout as wait } from 'node:timers/promises'
import { type Contender, type ContenderName, startCollecting } from '../contenders.ts'
import { processFigures } from '../process-figures.ts'
import { ASK_ALL, clientFrame, openWire, requireOpen, type Wire } from '../wire.ts'

/** Bytes of the server's resident memory, after a collection of garbage. */
export type MemoryFigures = {
  readonly idleConnection: number
  /** A dispatch that is open, with one connection, whose own cost is taken off. */
  readonly quietDispatch: number
  /** How much more than before the first came it holds after all have left. */
  readonly keptAfterAllLeft: number
}

/** The first make the process as large as its code, its buffers and its caches make it; after them it grows by what they hold. */
const FIRST = 2_000
const MEASURED = 3_000
const SETTLE = 2_000
/** An empty room is kept for half a minute. */
const ALL_LEFT = 40_000

export const measureMemory = async (name: ContenderName): Promise<MemoryFigures> => {
  const idle = await grownBy(name, 1)
  const quiet = await grownBy(name, FIRST + MEASURED)
  const idleConnection = idle.grown / MEASURED
  return {
    idleConnection,
    quietDispatch: quiet.grown / MEASURED - idleConnection,
    keptAfterAllLeft: idle.kept,
  }
}

/** By how much connections, spread over so many rooms, make a server grow, and what of all stays when they have left. */
const grownBy = async (name: ContenderName, dispatches: number): Promise<{ grown: number; kept: number }> => {
  const contender = await startCollecting(name)
  const rss = async (settle = SETTLE) => {
    await wait(settle)
    contender.collectGarbage()
    await wait(SETTLE)
    return processFigures(contender.pid).rss
  }
  try {
    const rooms: string[] = []
    for (let room = 0; room < dispatches; room++) rooms.push(await contender.createRoom())
    const roomOf = (nth: number): string => rooms[nth % dispatches] as string
    const fresh = await rss()
    const wires: Wire[] = []
    const enter = async (count: number) => {
      for (let nth = 0; nth < count; nth++) wires.push(await openIdle(contender, roomOf(wires.length)))
    }
    await enter(FIRST)
    const before = await rss()
    await enter(MEASURED)
    const grown = (await rss()) - before
    requireOpen(wires)
    for (const wire of wires) wire.close()
    return { grown, kept: (await rss(ALL_LEFT)) - fresh }
  } finally {
    await contender.stop()
  }
}

const openIdle = async (contender: Contender, room: string): Promise<Wire> => {
  const wire = await openWire(contender, room, () => undefined)
  wire.send(clientFrame(contender.prefixOf(room), ASK_ALL))
  return wire
}
