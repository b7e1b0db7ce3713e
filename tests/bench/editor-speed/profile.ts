import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import type { CDPSession } from '@playwright/test'

/** A V8 profile as the debugger protocol gives it, as far as it is read here. */
export type CpuProfile = {
  readonly nodes: readonly ProfileNode[]
  readonly samples?: readonly number[] | undefined
  readonly timeDeltas?: readonly number[] | undefined
}
type ProfileNode = { readonly id: number; readonly callFrame: CallFrame; readonly children?: readonly number[] | undefined }
type CallFrame = {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
  readonly columnNumber: number
}

const SAMPLE_EVERY_MICROSECONDS = 100

export const profiled = async (session: CDPSession, work: () => Promise<unknown>): Promise<CpuProfile> => {
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_MICROSECONDS })
  await session.send('Profiler.start')
  await work()
  const { profile } = await session.send('Profiler.stop')
  return profile
}

export type HotFunction = { readonly name: string; readonly place: string; readonly self: number; readonly total: number }

/** Milliseconds in each function, itself and with all that it called, by its place in the source. */
export const hotFunctions = (profile: CpuProfile, builtIn: string): HotFunction[] => {
  const placeOf = sourcePlaces(builtIn)
  const nodesById = new Map(profile.nodes.map((node) => [node.id, node]))
  const parentById = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child): [number, number] => [child, id])),
  )
  const found = new Map<string, { name: string; place: string; self: number; total: number }>()
  const entry = ({ callFrame }: ProfileNode) => {
    const place = placeOf(callFrame)
    const name = callFrame.functionName || '(anonymous)'
    const known = found.get(`${name} ${place}`) ?? { name, place, self: 0, total: 0 }
    found.set(`${name} ${place}`, known)
    return known
  }
  for (const [nth, id] of (profile.samples ?? []).entries()) {
    const milliseconds = (profile.timeDeltas?.[nth] ?? 0) / 1000
    const counted = new Set<object>()
    for (let at: number | undefined = id; at !== undefined; at = parentById.get(at)) {
      const node = nodesById.get(at)
      if (!node) break
      const known = entry(node)
      if (at === id) known.self += milliseconds
      if (!counted.has(known)) known.total += milliseconds
      counted.add(known)
    }
  }
  return [...found.values()]
}

/** Where a function of a built file stands in the source: `packages/editor/src/margins.ts:36`. */
const sourcePlaces = (builtIn: string): ((frame: CallFrame) => string) => {
  const maps = new Map<string, SourceMap | null>()
  const mapOf = (path: string): SourceMap | null => {
    if (!maps.has(path)) maps.set(path, readMap(join(builtIn, `${path}.map`)))
    return maps.get(path) ?? null
  }
  return ({ url, lineNumber, columnNumber }) => {
    if (!URL.canParse(url)) return ''
    const found = mapOf(new URL(url).pathname)?.findEntry(lineNumber, columnNumber)
    return found && 'originalSource' in found
      ? `${found.originalSource.replace(/^(\.\.\/)+/, '').replace(/^.*node_modules\//, '')}:${found.originalLine + 1}`
      : url
  }
}

const readMap = (path: string): SourceMap | null => {
  try {
    return new SourceMap(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

const IDLE = ['(idle)', '(root)']

/** The functions that take most, by themselves and with what they call, per thing done. */
export const profileReport = (functions: readonly HotFunction[], times: number): string => {
  const busy = functions.filter(({ name }) => !IDLE.includes(name))
  const list = (title: string, of: 'self' | 'total') => [
    `${title}, milliseconds each time:`,
    ...busy
      .toSorted((a, b) => b[of] - a[of])
      .slice(0, 30)
      .map((each) => `${(each[of] / times).toFixed(3).padStart(9)}  ${each.name}  ${each.place}`),
  ]
  return [...list('Itself', 'self'), '', ...list('With what it calls', 'total')].join('\n')
}
