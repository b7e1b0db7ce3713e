import { isUtf8 } from 'node:buffer'

type Decoded = { ok: true; text: string } | { ok: false; fault: { line: number; found: string; expected: string } }

const LONGEST_FOUND = 60

/** Strictly: a file in another encoding is a fault on its first line that is not UTF-8, never a text full of `�`. */
export const decodeUtf8 = (bytes: Uint8Array): Decoded => {
  if (isUtf8(bytes)) return { ok: true, text: new TextDecoder().decode(bytes) }
  let line = 1
  let start = 0
  for (;;) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline === -1 ? bytes.length : newline
    const part = bytes.subarray(start, end)
    if (!isUtf8(part)) {
      const found = `“${new TextDecoder().decode(part).trim().slice(0, LONGEST_FOUND)}”`
      return { ok: false, fault: { line, found, expected: 'UTF-8 (save the file in that encoding)' } }
    }
    line += 1
    start = end + 1
  }
}
