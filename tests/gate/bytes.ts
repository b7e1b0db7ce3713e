import * as Y from 'yjs'

/** Yjs's V1 format and the messages around it, byte by byte, for updates that Yjs would never make. */
export const varUint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varUint(Math.floor(value / 128))]

export const string = (text: string): number[] => {
  const bytes = [...Buffer.from(text)]
  return [...varUint(bytes.length), ...bytes]
}

export type Id = readonly [client: number, clock: number]
const id = ([client, clock]: Id): number[] => [...varUint(client), ...varUint(clock)]

/** Where an item goes: beside others, or as the first into a parent. */
export type Place =
  | { readonly after: Id; readonly before?: Id }
  | { readonly before: Id }
  | { readonly root: string; readonly key?: string }
  | { readonly parent: Id; readonly key?: string }

export const item = (kind: number, place: Place, content: readonly number[]): number[] => {
  const after = 'after' in place ? place.after : undefined
  const before = 'before' in place ? place.before : undefined
  const key = 'key' in place ? place.key : undefined
  const info = kind | (after ? 0x80 : 0) | (before ? 0x40 : 0) | (key === undefined ? 0 : 0x20)
  const parent = 'root' in place ? [1, ...string(place.root)] : 'parent' in place ? [0, ...id(place.parent)] : []
  const name = key === undefined ? [] : string(key)
  return [info, ...(after ? id(after) : []), ...(before ? id(before) : []), ...parent, ...name, ...content]
}

export const text = (place: Place, words: string): number[] => item(4, place, string(words))
export const map = (place: Place): number[] => item(7, place, [1])
export const any = (place: Place, value: readonly number[]): number[] => item(8, place, [1, ...value])
export const gc = (length: number): number[] => [0, ...varUint(length)]

export type Block = { readonly client: number; readonly clock: number; readonly structs: readonly (readonly number[])[] }
export type Deletion = { readonly client: number; readonly clock: number; readonly length: number }

export const update = (blocks: readonly Block[], deletions: readonly Deletion[] = []): Uint8Array =>
  Uint8Array.from([
    ...varUint(blocks.length),
    ...blocks.flatMap(({ client, clock, structs }) => [
      ...varUint(structs.length),
      ...varUint(client),
      ...varUint(clock),
      ...structs.flat(),
    ]),
    ...varUint(deletions.length),
    ...deletions.flatMap(({ client, clock, length }) => [...varUint(client), 1, ...varUint(clock), ...varUint(length)]),
  ])

const framed = (head: readonly number[], payload: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([...head, ...varUint(payload.length), ...payload])

export const updateMessage = (payload: Uint8Array) => framed([0, 2], payload)
export const stepTwoMessage = (payload: Uint8Array) => framed([0, 1], payload)
export const stepOneFrame = (vector: Uint8Array) => framed([0, 0], vector)
export const stepOneMessage = (doc: Y.Doc) => stepOneFrame(Y.encodeStateVector(doc))

export type PresenceEntry = { readonly client: number; readonly clock: number; readonly state: string }
export const presencePayload = (entries: readonly PresenceEntry[]): Uint8Array =>
  Uint8Array.from([
    ...varUint(entries.length),
    ...entries.flatMap(({ client, clock, state }) => [...varUint(client), ...varUint(clock), ...string(state)]),
  ])
export const presenceFrame = (payload: Uint8Array) => framed([1], payload)
export const presenceMessage = (entries: readonly PresenceEntry[]) => presenceFrame(presencePayload(entries))
/** Asks for acknowledgements; the answer is a frame of the same type. */
export const savedMessage = Uint8Array.of(4)

/** The update in a message with content, or null. */
export const updateIn = (frame: Uint8Array): Uint8Array | null => {
  if (frame[0] !== 0 || (frame[1] !== 1 && frame[1] !== 2)) return null
  // The server writes behind the update how far its reader has come.
  let [length, factor, at] = [0, 1, 2]
  for (let byte = 128; byte > 127; factor *= 128) {
    byte = frame[at++] ?? 0
    length += (byte & 127) * factor
  }
  return frame.subarray(at, at + length)
}

export const written = (client: number, write: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = client
  write(doc)
  return Y.encodeStateAsUpdate(doc)
}
