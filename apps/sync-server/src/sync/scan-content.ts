import { type ByteReader, Refusal } from './byte-reader.ts'
import { utf16Length } from './utf8.ts'

/** Walks over the content of one Yjs item and returns its length in clock units. Nothing is decoded but JSON. */
export const scanContent = (reader: ByteReader, kind: number): number => {
  const scan = contentScanners[kind]
  if (scan === undefined) throw new Refusal('content', `content of kind ${kind} is not used here`)
  return scan(reader)
}

export const MAX_DEPTH = 32

/** The kind of an item that is a type, with items of its own. */
export const TYPE_KIND = 7

/** Kinds 2 (JSON of old clients) and 9 (subdocuments) are written by no client of this protocol. */
const contentScanners: Readonly<Record<number, (reader: ByteReader) => number>> = {
  1: (reader) => reader.varUint(),
  3: (reader) => {
    reader.skipChunk()
    return 1
  },
  4: (reader) => scanText(reader),
  5: (reader) => {
    scanJson(reader)
    return 1
  },
  6: (reader) => {
    scanKey(reader)
    scanJson(reader)
    return 1
  },
  [TYPE_KIND]: (reader) => {
    const type = reader.varUint()
    if (type > 6) throw new Refusal('content', `there is no type ${type}`)
    if (type === 3 || type === 5) scanKey(reader)
    return 1
  },
  8: (reader) => {
    const count = reader.count(1)
    for (let index = 0; index < count; index++) scanAny(reader, 0)
    return count
  },
}

const scanText = (reader: ByteReader): number => {
  const from = reader.skipChunk()
  const units = utf16Length(reader.bytes, from, reader.position())
  if (units < 0) throw new Refusal('text', 'text that is not UTF-8')
  return units
}

const poisonedKeys = ['__proto__', 'constructor', 'prototype'].map((key) => Buffer.from(key))

/** A name that a client will use as the key of an object. */
export const scanKey = (reader: ByteReader): void => {
  const from = reader.skipChunk()
  const to = reader.position()
  if (utf16Length(reader.bytes, from, to) < 0) throw new Refusal('text', 'a key that is not UTF-8')
  for (const key of poisonedKeys)
    if (key.length === to - from && key.compare(reader.bytes, from, to) === 0)
      throw new Refusal('key', `the key "${key}" is not allowed`)
}

/** lib0's `Any`: a type byte counting down from 127. */
const scanAny = (reader: ByteReader, depth: number): void => {
  if (depth > MAX_DEPTH) throw new Refusal('depth', `values nested deeper than ${MAX_DEPTH}`)
  const type = reader.byte()
  if (type === 127 || type === 126 || type === 121 || type === 120) return
  if (type === 125) reader.skipVarInt()
  else if (type === 124) reader.skip(4)
  else if (type === 123 || type === 122) reader.skip(8)
  else if (type === 119) scanText(reader)
  else if (type === 118) {
    const count = reader.count(2)
    for (let index = 0; index < count; index++) {
      scanKey(reader)
      scanAny(reader, depth + 1)
    }
  } else if (type === 117) {
    const count = reader.count(1)
    for (let index = 0; index < count; index++) scanAny(reader, depth + 1)
  } else if (type === 116) reader.skipChunk()
  else throw new Refusal('content', `there is no value of type ${type}`)
}

/** Embeds and format values are JSON text that each client will parse; the usual values are known by their bytes. */
const scanJson = (reader: ByteReader): void => {
  const from = reader.skipChunk()
  const to = reader.position()
  if (
    to - from === 4 &&
    (Buffer.compare(reader.bytes.subarray(from, to), NULL) === 0 || Buffer.compare(reader.bytes.subarray(from, to), TRUE) === 0)
  )
    return
  if (utf16Length(reader.bytes, from, to) < 0) throw new Refusal('text', 'JSON that is not UTF-8')
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(reader.bytes.buffer, reader.bytes.byteOffset + from, to - from).toString())
  } catch {
    throw new Refusal('content', 'an embed or format that is not JSON')
  }
  checkJson(value, 0)
}

const NULL = Buffer.from('null')
const TRUE = Buffer.from('true')

/** Parsed JSON that clients may walk over and merge into objects of theirs. */
export const checkJson = (value: unknown, depth: number): void => {
  if (typeof value !== 'object' || value === null) return
  if (depth >= MAX_DEPTH) throw new Refusal('depth', `values nested deeper than ${MAX_DEPTH}`)
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      throw new Refusal('key', `the key "${key}" is not allowed`)
    checkJson(inner, depth + 1)
  }
}
