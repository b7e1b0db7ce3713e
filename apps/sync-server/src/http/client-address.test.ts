import { expect, test } from 'vitest'
import { clientAddress, NO_PROXIES, readTrustedProxies } from './client-address.ts'

const trusted = readTrustedProxies('127.0.0.1, 10.0.0.0/8, fd00::/8') ?? NO_PROXIES

test.each([
  ['203.0.113.9', '198.51.100.7', '203.0.113.9'],
  ['127.0.0.1', null, '127.0.0.1'],
  ['127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
  // What stands to the left was written by who asks.
  ['127.0.0.1', '192.0.2.1, 198.51.100.7, 10.1.2.3', '198.51.100.7'],
  ['127.0.0.1', '192.0.2.1, nonsense', '127.0.0.1'],
  ['fd00::1', '2001:db8:0:1:aaaa::5', '2001:db8:0:1::/64'],
  ['2001:db8::1', null, '2001:db8:0:0::/64'],
])('K5: from %s, forwarded for %s, comes %s', (remote, forwardedFor, address) => {
  expect(clientAddress(remote, forwardedFor, trusted)).toBe(address)
})

test.each(['localhost', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/x', '::1/129'])('K5: %s is no proxy', (text) => {
  expect(readTrustedProxies(text)).toBe(null)
})
