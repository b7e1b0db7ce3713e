/** Recordings made of bytes, for tests: silence, as short as it may be. */

const RATE = 8_000

/** PCM, 8 bits, one channel. */
export const wavOf = (seconds: number, level = 128): Buffer => {
  const samples = Math.round(seconds * RATE)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples, 40)
  return Buffer.concat([head, Buffer.alloc(samples, level)])
}

/** MPEG 1 layer 3, 128 kbit/s: frames of 417 bytes, 1,152 samples of 44,100 a second. */
export const mp3Of = (seconds: number): Buffer => {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x00])
  return Buffer.concat(Array.from({ length: Math.ceil((seconds * 44_100) / 1_152) }, () => frame))
}
