/**
 * CRC-32 of a row. Yjs takes two in three flipped bits for other text, so the bytes must be known to be sound before
 * they are applied. (Not a defence against malice: the store is the person's own.)
 */
export const checksum = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
