/** What eight steps of the polynomial make of each byte; signed, as the engine reckons bits. */
const STEPS = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

/**
 * CRC-32 of a row. Yjs takes two in three flipped bits for other text, so the bytes must be known to be sound before
 * they are applied. (Not a defence against malice: the store is the person's own.)
 */
export const checksum = (bytes: Uint8Array): number => {
  let crc = -1
  for (let nth = 0; nth < bytes.length; nth++) crc = (crc >>> 8) ^ (STEPS[(crc ^ (bytes[nth] as number)) & 0xff] as number)
  return ~crc >>> 0
}
