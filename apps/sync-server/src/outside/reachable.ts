import ipaddr from 'ipaddr.js'

/** An address and port of the operator's own network that the server may call. */
export type Neighbour = { readonly address: string; readonly port: number }

const WEB_PORTS: readonly number[] = [80, 443]
/** All of the public IPv6 internet; what carries an IPv4 address within lies outside it or is told by its range. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether the server may connect there: the web ports of the public internet, and neighbours. */
export const mayReach = (address: string, port: number, neighbours: readonly Neighbour[]): boolean => {
  const plain = plainAddress(address)
  if (plain === null) return false
  return neighbours.some((each) => each.address === plain && each.port === port) || (WEB_PORTS.includes(port) && isPublic(plain))
}

/** As it is compared: an IPv4 address within an IPv6 one taken out, IPv6 in its short form; null: no address. */
export const plainAddress = (address: string): string | null =>
  ipaddr.isValid(address) ? ipaddr.process(address).toString() : null

const isPublic = (plain: string): boolean => {
  const parsed = ipaddr.process(plain)
  if (parsed.range() !== 'unicast') return false
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_UNICAST)
}
