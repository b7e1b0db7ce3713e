/** The number of UTF-16 units (Yjs counts text in them) of strict UTF-8, or -1 when it is none. */
export const utf16Length = (bytes: Uint8Array, from: number, to: number): number => {
  let units = 0
  let at = from
  while (at < to) {
    const lead = bytes[at] as number
    if (lead < 0x80) {
      at += 1
      units += 1
      continue
    }
    const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
    if (size === 0 || at + size > to || !hasSoundTail(bytes, at, size, lead)) return -1
    at += size
    units += size === 4 ? 2 : 1
  }
  return units
}

/** Continuation bytes; the second one's bounds keep out overlong forms, surrogates and what is past U+10FFFF. */
const hasSoundTail = (bytes: Uint8Array, at: number, size: number, lead: number): boolean => {
  const second = bytes[at + 1] as number
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < least || second > most) return false
  for (let index = 2; index < size; index++) if (((bytes[at + index] as number) & 0xc0) !== 0x80) return false
  return true
}
