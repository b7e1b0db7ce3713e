import { setTimeout as wait } from 'node:timers/promises'
import { startContender } from '../sync-speed/contenders.ts'
import { prepareTyping } from '../sync-speed/letters.ts'
import { processFigures } from '../sync-speed/process-figures.ts'
import { quantile } from '../sync-speed/quantile.ts'
import { ASK_ALL, clientFrame, openWire, requireOpen, updateMessage, type Wire } from '../sync-speed/wire.ts'
import { markdownTable } from './markdown-table.ts'

const LETTERS = 100
/** Connections of one dispatch: an idle desk stays in the library of what it has open. */
const EACH = 4

/** More and more idle connections, four to a dispatch; in one dispatch two people write, and what they wait is measured. */
export const growWithConnections = async (counts: readonly number[]): Promise<string> => {
  const rows: (string | number)[][] = [
    ['connections', 'opened, a second', 'resident, MB', 'kB each', 'a letter arrives p50, ms', 'p99, ms'],
  ]
  const contender = await startContender('ours')
  const typing = prepareTyping(1, LETTERS * counts.length)
  const noPrefix = contender.prefixOf('')
  const room = await contender.createRoom()
  let heard: (() => void) | null = null
  const writer = await openWire(contender, room, () => undefined)
  const reader = await openWire(contender, room, (bytes, start) => {
    if (bytes[start] === 0 && bytes[start + 1] === 2) heard?.()
  })
  for (const wire of [writer, reader]) wire.send(clientFrame(noPrefix, ASK_ALL))
  writer.send(clientFrame(noPrefix, updateMessage(typing.base)))
  await wait(1_000)
  const before = processFigures(contender.pid).rss
  const letters = (typing.letters[0] ?? []).values()
  const wires: Wire[] = [writer, reader]
  for (const count of counts) {
    console.error(`  ${count} connections ...`)
    const began = performance.now()
    const opened = count - wires.length
    while (wires.length < count) {
      const other = await contender.createRoom()
      for (let nth = 0; nth < EACH && wires.length < count; nth++) {
        const wire = await openWire(contender, other, () => undefined)
        wire.send(clientFrame(noPrefix, ASK_ALL))
        wires.push(wire)
      }
    }
    const took = (performance.now() - began) / 1_000
    await wait(3_000)
    const times: number[] = []
    for (let nth = 0; nth < LETTERS; nth++) {
      const { promise, resolve } = Promise.withResolvers<void>()
      heard = resolve
      const sentAt = performance.now()
      writer.send(clientFrame(noPrefix, updateMessage(letters.next().value as Uint8Array)))
      await promise
      times.push(performance.now() - sentAt)
      await wait(20)
    }
    const { rss } = processFigures(contender.pid)
    requireOpen(wires)
    rows.push([
      count,
      (opened / took).toFixed(0),
      (rss / 1e6).toFixed(0),
      ((rss - before) / count / 1e3).toFixed(1),
      quantile(times, 0.5).toFixed(1),
      quantile(times, 0.99).toFixed(1),
    ])
  }
  for (const wire of wires) wire.close()
  await contender.stop()
  return markdownTable(rows)
}
