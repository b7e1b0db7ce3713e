/** Why bytes were refused; thrown inside a scan and nowhere else, since a scan returns its faults. */
export class Refusal extends Error {
  readonly fault: string
  constructor(fault: string, message: string) {
    super(message)
    this.fault = fault
  }
}

const truncated = () => new Refusal('truncated', 'the message ends in the middle of a value')

/** Reads lib0's encoding with every bound checked; copies nothing. A class, since one is made for every update. */
export class ByteReader {
  readonly bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
  byte(): number {
    const value = this.bytes[this.#at]
    if (value === undefined) throw truncated()
    this.#at += 1
    return value
  }
  varUint(): number {
    const first = this.byte()
    if (first < 0x80) return first
    let value = first & 0x7f
    let factor = 128
    for (;;) {
      const next = this.byte()
      value += (next & 0x7f) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new Refusal('number', 'a number is larger than 2^53')
      if (next < 0x80) return value
      factor *= 128
    }
  }
  /** Returns where the skipped bytes begin. */
  skip(length: number): number {
    if (length > this.left()) throw truncated()
    const from = this.#at
    this.#at += length
    return from
  }
  left(): number {
    return this.bytes.length - this.#at
  }
  position(): number {
    return this.#at
  }
  /** Goes back to where it has been. */
  seek(position: number): void {
    this.#at = position
  }
  /** A signed number has its sign in the first byte; only its length matters here. */
  skipVarInt(): void {
    let next = this.byte()
    for (let read = 1; next >= 0x80; read++) {
      if (read > 8) throw new Refusal('number', 'a number is larger than 2^53')
      next = this.byte()
    }
  }
  /** A count of things that take at least `least` bytes each: more than the bytes left can hold is a lie. */
  count(least: number): number {
    const value = this.varUint()
    if (value * least > this.left()) throw new Refusal('count', `a count of ${value} is larger than the bytes that are left`)
    return value
  }
  /** Skips a length and so many bytes; returns where they begin. They end at `position()`. */
  skipChunk(): number {
    return this.skip(this.varUint())
  }
}

export const createByteReader = (bytes: Uint8Array): ByteReader => new ByteReader(bytes)
