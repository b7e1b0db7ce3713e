import { BlockList, isIP } from 'node:net'

/** Proxies whose word about where a request comes from is believed. */
export type TrustedProxies = { readonly has: (address: string) => boolean }

export const NO_PROXIES: TrustedProxies = { has: () => false }

/** Addresses and networks (`10.0.0.0/8`), separated by commas; null when one of them is neither. */
export const readTrustedProxies = (text: string): TrustedProxies | null => {
  if (text.trim() === '') return NO_PROXIES
  const list = new BlockList()
  for (const entry of text.split(',').map((each) => each.trim())) {
    if (entry === '') continue
    const [address = '', prefix, ...rest] = entry.split('/')
    const family = isIP(address)
    if (family === 0 || rest.length > 0) return null
    const bits = prefix === undefined ? (family === 4 ? 32 : 128) : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
    if (bits < 0 || bits > (family === 4 ? 32 : 128)) return null
    list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6')
  }
  return {
    has: (address) => {
      const family = isIP(address)
      return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
    },
  }
}

/**
 * Where a request comes from. `X-Forwarded-For` is written by anyone: it is believed from the right, as far as trusted proxies
 * wrote it. An IPv6 network counts as one: who has one address has all of its 64 bits.
 */
export const clientAddress = (remote: string, forwardedFor: string | null, proxies: TrustedProxies): string => {
  let address = unmapped(remote)
  for (const hop of (forwardedFor ?? '').split(',').toReversed()) {
    if (!proxies.has(address)) break
    const said = unmapped(hop.trim())
    if (isIP(said) === 0) break
    address = said
  }
  return isIP(address) === 6 ? networkOf(address) : address
}

const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

const networkOf = (address: string): string => {
  const [before = '', after] = address.split('%')[0]?.split('::') ?? []
  const head = before.split(':').filter((group) => group !== '')
  const tail = (after ?? '').split(':').filter((group) => group !== '')
  const groups =
    after === undefined ? head : [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail]
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
