/** What eight steps of the polynomial make of each byte; signed, as the engine reckons bits. */
const STEPS = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

const stepped = (crc: number): number => (crc >>> 8) ^ (STEPS[crc & 0xff] as number)

/** The same, for a byte that one, two and three others follow. */
const BEFORE_ONE = STEPS.map(stepped)
const BEFORE_TWO = BEFORE_ONE.map(stepped)
const BEFORE_THREE = BEFORE_TWO.map(stepped)

/**
 * CRC-32 of a row. Yjs takes two in three flipped bits for other text, so the bytes must be known to be sound before
 * they are applied. (Not a defence against malice: the store is the person's own.) Four bytes at a time: an opening
 * dispatch waits for it, and no engine has made it fast by then.
 */
export const checksum = (bytes: Uint8Array): number => {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const last = bytes.length - 3
  let crc = -1
  let nth = 0
  for (; nth < last; nth += 4) {
    crc ^= words.getInt32(nth, true)
    crc =
      (BEFORE_THREE[crc & 0xff] as number) ^
      (BEFORE_TWO[(crc >>> 8) & 0xff] as number) ^
      (BEFORE_ONE[(crc >>> 16) & 0xff] as number) ^
      (STEPS[crc >>> 24] as number)
  }
  for (; nth < bytes.length; nth++) crc = (crc >>> 8) ^ (STEPS[(crc ^ (bytes[nth] as number)) & 0xff] as number)
  return ~crc >>> 0
}
