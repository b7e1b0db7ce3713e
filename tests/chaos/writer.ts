import { once } from 'node:events'
import * as Y from 'yjs'
import { openWire, type Wire } from './wire.ts'

/**
 * Someone who types tokens that nobody else types, keeps a replica through every cut, as a desk does, and notes which
 * tokens the server has called saved.
 */
export type Writer = {
  readonly doc: Y.Doc
  readonly type: () => void
  readonly typed: () => readonly string[]
  readonly acknowledged: () => readonly string[]
  /** Opens a new connection; the one before is left as it is. */
  readonly connect: () => Wire
  readonly wire: () => Wire
}

export type Address = { readonly url: string; readonly authorization: string; readonly dispatch: string }
type OnTheWay = (frame: Uint8Array) => readonly Uint8Array[]

export const createWriter = (name: string, address: () => Address, onTheWay: OnTheWay = (frame) => [frame]): Writer => {
  const doc = new Y.Doc()
  const text = doc.getText('body')
  const typed: string[] = []
  let saved = 0
  let wire: Wire | null = null

  const connect = () => {
    /** For each frame of this connection, how many tokens it vouches for: the first holds all that was typed before. */
    const vouched: number[] = []
    wire = openWire({
      ...address(),
      doc,
      onTheWay: (frame) => {
        const frames = onTheWay(frame)
        for (const _ of frames) vouched.push(typed.length)
        return frames
      },
      onSaved: (count) => {
        saved = Math.max(saved, vouched[count - 1] ?? 0)
      },
    })
    return wire
  }
  return {
    doc,
    type: () => {
      const token = `<${name}.${typed.length}>`
      // Before it is written: the frame that carries it leaves while it is.
      typed.push(token)
      text.insert(text.length, token)
    },
    typed: () => typed,
    acknowledged: () => typed.slice(0, saved),
    connect,
    wire: () => wire ?? connect(),
  }
}

/** What the server hands to someone who comes with nothing. */
export const readWhole = async (address: Address): Promise<string> => {
  const doc = new Y.Doc()
  const wire = openWire({ ...address, doc })
  await Promise.race([wire.synced, wire.closed.then(({ code }) => Promise.reject(new Error(`closed with ${code}`)))])
  wire.close()
  await wire.closed
  return doc.getText('body').toString()
}

export const tokensOf = (text: string): string[] => text.match(/<[^<>]*>/g) ?? []

/** What is wrong with a text: acknowledged tokens that are not in it, tokens that are in it twice, torn ones. */
export const faultsOf = (text: string, writers: readonly Writer[]): string[] => {
  const counts = new Map<string, number>()
  for (const token of tokensOf(text)) counts.set(token, (counts.get(token) ?? 0) + 1)
  return [
    ...writers.flatMap((writer) =>
      writer
        .acknowledged()
        .filter((token) => !counts.has(token))
        .map((token) => `${token} was acknowledged and is gone`),
    ),
    ...[...counts].filter(([, count]) => count > 1).map(([token, count]) => `${token} is there ${count} times`),
    ...(tokensOf(text).join('') === text ? [] : ['tokens are torn']),
  ]
}

/** Types now and then, until told to stop. */
export const keepTyping = (writers: readonly Writer[], every: number): (() => void) => {
  const timers = writers.map((writer) => setInterval(writer.type, every))
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

/** Resolves when the server has called all saved that a writer has typed. */
export const allSaved = async (writer: Writer): Promise<void> => {
  const { socket } = writer.wire()
  while (writer.acknowledged().length < writer.typed().length) await once(socket, 'message')
}
