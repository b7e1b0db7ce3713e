import { measureMemory } from './cases/memory.ts'
import { measureOpening } from './cases/opening.ts'
import { measureReturning } from './cases/returning.ts'
import { measureSlowReader } from './cases/slow-reader.ts'
import { measureTyping, type TypingLoad, WARM_UP_SECONDS } from './cases/typing.ts'
import { CONTENDERS, type ContenderName, startContender } from './contenders.ts'
import { prepareTyping } from './letters.ts'
import { prepareLongHistory } from './long-history.ts'

/** A line of the table: which figure, and what is to be reached. */
export type Row = { readonly title: string; readonly figure: string; readonly reach: string; readonly digits: number }

export type BenchCase = {
  readonly rows: readonly Row[]
  readonly who: readonly ContenderName[]
  /** What all rounds share is made here. */
  readonly prepare: () => (who: ContenderName) => Promise<Record<string, number>>
}

const typingCase = (title: string, load: TypingLoad, reach: Readonly<Record<string, string>>): BenchCase => ({
  rows: [
    { title: `${title}: CPU ms / 1,000 deliveries`, figure: 'cpu', reach: reach['cpu'] ?? '', digits: 1 },
    { title: `${title}: delivery p50, ms`, figure: 'p50', reach: reach['p50'] ?? '', digits: 1 },
    { title: `${title}: delivery p99, ms`, figure: 'p99', reach: '', digits: 1 },
    { title: `${title}: acknowledgement p50, ms`, figure: 'ackP50', reach: reach['ackP50'] ?? '', digits: 1 },
    { title: `${title}: acknowledgement p99, ms`, figure: 'ackP99', reach: reach['ackP99'] ?? '', digits: 1 },
    { title: `${title}: arrived within 10 s, %`, figure: 'arrived', reach: '', digits: 1 },
  ],
  who: CONTENDERS,
  prepare: () => {
    const typing = prepareTyping(load.writersEach, Math.ceil((load.seconds + WARM_UP_SECONDS + 30) * load.perSecond))
    return async (who) => {
      const contender = await startContender(who)
      const { cpuPerThousand, delivery, acknowledgement, arrived } = await measureTyping(contender, load, typing)
      await contender.stop()
      return {
        cpu: cpuPerThousand,
        p50: delivery.p50,
        p99: delivery.p99,
        ...(acknowledgement ? { ackP50: acknowledgement.p50, ackP99: acknowledgement.p99 } : {}),
        arrived: arrived * 100,
      }
    }
  },
})

const KEEPERS = ['ours', 'hocuspocus', 'y-websocket-server'] as const
const MEGABYTE = 1_000_000
const LONG = 100_000

export const TYPING_LOADS = {
  'typing-10': { rooms: 1, writersEach: 50, perSecond: 10, seconds: 10 },
  'typing-40': { rooms: 1, writersEach: 50, perSecond: 40, seconds: 10 },
  rooms: { rooms: 500, writersEach: 2, perSecond: 2, seconds: 10 },
} as const satisfies Record<string, TypingLoad>

export const benchCases = {
  'typing-10': typingCase('50 writers, 10/s', TYPING_LOADS['typing-10'], { cpu: '12', ackP50: '5', ackP99: '20' }),
  'typing-40': typingCase('50 writers, 40/s', TYPING_LOADS['typing-40'], { cpu: '5', p50: '5' }),
  rooms: typingCase('500 dispatches x 2, 2/s', TYPING_LOADS.rooms, { cpu: '100' }),
  memory: {
    rows: [
      { title: 'idle connection, kB', figure: 'idle', reach: '16', digits: 1 },
      { title: 'quiet open dispatch, kB', figure: 'quiet', reach: '3', digits: 1 },
      { title: 'kept after 5,000 have left, MB', figure: 'kept', reach: '', digits: 1 },
    ],
    who: KEEPERS,
    prepare: () => async (who) => {
      const { idleConnection, quietDispatch, keptAfterAllLeft } = await measureMemory(who)
      return { idle: idleConnection / 1_000, quiet: quietDispatch / 1_000, kept: keptAfterAllLeft / MEGABYTE }
    },
  },
  opening: {
    rows: [
      { title: 'ingest of one connection, updates/s', figure: 'ingest', reach: '15,000', digits: 0 },
      { title: '100,000 edits, cold open, ms', figure: 'cold', reach: '25', digits: 0 },
      { title: '100,000 edits, second joiner, ms', figure: 'second', reach: '10', digits: 0 },
      { title: '100,000 edits, 50 joiners at once, the slowest, ms', figure: 'fifty', reach: '', digits: 0 },
      { title: '100,000 edits, bytes sent : bytes of the state', figure: 'bytes', reach: '1', digits: 2 },
    ],
    who: KEEPERS,
    prepare: () => {
      const history = prepareLongHistory(LONG)
      return async (who) => {
        const { ingest, cold, second, fifty, bytes, stateBytes } = await measureOpening(who, history)
        return { ingest, cold, second, fifty, bytes: bytes / stateBytes }
      }
    },
  },
  returning: {
    rows: [{ title: 'bytes to who missed 100 edits : bytes of these', figure: 'ratio', reach: '1', digits: 1 }],
    who: KEEPERS,
    prepare: () => {
      const history = prepareLongHistory(10_000)
      return async (who) => {
        const { bytes, missed } = await measureReturning(who, history)
        return { ratio: bytes / missed }
      }
    },
  },
  'slow-reader': {
    rows: [
      { title: 'slow reader: closed', figure: 'closed', reach: '1', digits: 0 },
      { title: 'slow reader: more memory at most, MB', figure: 'extra', reach: '20', digits: 0 },
    ],
    who: KEEPERS,
    prepare: () => async (who) => {
      const { isClosed, extra } = await measureSlowReader(who)
      return { closed: Number(isClosed), extra: extra / MEGABYTE }
    },
  },
} satisfies Record<string, BenchCase>

export type CaseName = keyof typeof benchCases
