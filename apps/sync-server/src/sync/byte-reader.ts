/** Why bytes were refused; thrown inside a scan and nowhere else, since a scan returns its faults. */
export class Refusal extends Error {
  readonly fault: string
  constructor(fault: string, message: string) {
    super(message)
    this.fault = fault
  }
}

const truncated = () => new Refusal('truncated', 'the message ends in the middle of a value')

/** Reads lib0's encoding with every bound checked; copies nothing. */
export type ByteReader = ReturnType<typeof createByteReader>

export const createByteReader = (bytes: Uint8Array) => {
  let at = 0
  const end = bytes.length

  const byte = (): number => {
    const value = bytes[at]
    if (value === undefined) throw truncated()
    at += 1
    return value
  }
  const varUint = (): number => {
    let value = 0
    let factor = 1
    for (;;) {
      const next = byte()
      value += (next & 0x7f) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new Refusal('number', 'a number is larger than 2^53')
      if (next < 0x80) return value
      factor *= 128
    }
  }
  const skip = (length: number): number => {
    if (length > end - at) throw truncated()
    const from = at
    at += length
    return from
  }
  return {
    bytes,
    byte,
    varUint,
    skip,
    left: (): number => end - at,
    position: (): number => at,
    /** A signed number has its sign in the first byte; only its length matters here. */
    skipVarInt: (): void => {
      let next = byte()
      for (let read = 1; next >= 0x80; read++) {
        if (read > 8) throw new Refusal('number', 'a number is larger than 2^53')
        next = byte()
      }
    },
    /** A count of things that take at least `least` bytes each: more than the bytes left can hold is a lie. */
    count: (least: number): number => {
      const value = varUint()
      if (value * least > end - at) throw new Refusal('count', `a count of ${value} is larger than the bytes that are left`)
      return value
    },
    /** Skips a length and so many bytes; returns where they begin. They end at `position()`. */
    skipChunk: (): number => skip(varUint()),
  }
}
