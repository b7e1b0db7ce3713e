import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { NO_PROXIES } from './http/client-address.ts'

test('an empty environment gives the defaults', () => {
  expect(readConfig({})).toEqual({
    ok: true,
    config: {
      port: 4400,
      host: '127.0.0.1',
      dataFolder: './data',
      hub: null,
      name: 'Stet',
      podcast: { category: 'News', isExplicit: false },
      limits: 1,
      logLevel: 'warn',
      metrics: null,
      neighbours: [],
      oidc: null,
      people: null,
      trustedProxies: NO_PROXIES,
      url: null,
    },
  })
})

test('V8: each fault is one line that names the variable, what was found and the fix', () => {
  expect(readConfig({ PORT: '99999', STET_URL: 'https://show.example/path', STET_DATA: '' })).toEqual({
    ok: false,
    problems: [
      'PORT: found "99999"; give a port number from 0 to 65535',
      'STET_DATA: found ""; give the path of the data folder',
      'STET_URL: found "https://show.example/path"; give the public origin without a path, such as https://show.example',
    ],
  })
})

test('K52: an address of Postgres is taken with its database, and no fault repeats it', () => {
  const peopleOf = (address: string) => {
    const outcome = readConfig({ STET_PEOPLE: address })
    return outcome.ok ? outcome.config.people : outcome.problems
  }
  const address = 'postgres://stet:secret@db.example:5433/stet?sslmode=verify-full'
  expect(peopleOf(address)).toBe(address)
  for (const wrong of ['secret', 'postgres:secret', 'postgres://stet:secret@db.example', 'mysql://stet:secret@db.example/stet'])
    expect(peopleOf(wrong)).toEqual([
      'STET_PEOPLE: found something else; give the address of a Postgres database, such as postgres://stet@db.example/stet',
    ])
})

test('the figures are served only where a port is named, on this machine unless an address is given', () => {
  const metricsOf = (env: Record<string, string>) => {
    const outcome = readConfig(env)
    return outcome.ok ? outcome.config.metrics : outcome.problems
  }
  expect(metricsOf({ STET_METRICS_HOST: '0.0.0.0' })).toBeNull()
  expect(metricsOf({ STET_METRICS_PORT: '9464' })).toEqual({ port: 9464, host: '127.0.0.1' })
  expect(metricsOf({ STET_METRICS_PORT: '9464', STET_METRICS_HOST: '0.0.0.0' })).toEqual({ port: 9464, host: '0.0.0.0' })
  expect(metricsOf({ STET_METRICS_PORT: 'on', STET_LOG: 'loud' })).toEqual([
    'STET_LOG: found "loud"; give one of silent, fatal, error, warn, info, debug',
    'STET_METRICS_PORT: found "on"; give a port number from 0 to 65535',
  ])
})

test('a trailing slash of the public origin is dropped', () => {
  const outcome = readConfig({ STET_URL: 'https://show.example/' })
  expect(outcome.ok && outcome.config.url).toBe('https://show.example')
})

test('V8: a trusted proxy that is no address stops the start with the name and the fix', () => {
  expect(readConfig({ STET_TRUSTED_PROXIES: 'my-proxy' })).toEqual({
    ok: false,
    problems: [
      'STET_TRUSTED_PROXIES: found "my-proxy"; give the addresses or networks of your proxies, such as 127.0.0.1,10.0.0.0/8',
    ],
  })
})

test('J9: neighbours are addresses with ports, a hub is an address of the web', () => {
  const read = (env: Record<string, string>) => {
    const outcome = readConfig(env)
    return outcome.ok ? [outcome.config.neighbours, outcome.config.hub] : outcome.problems
  }
  expect(read({ STET_NEIGHBOURS: '127.0.0.1:9000, [::ffff:10.0.0.5]:80', STET_HUB: 'https://hub.example/' })).toEqual([
    [
      { address: '127.0.0.1', port: 9000 },
      { address: '10.0.0.5', port: 80 },
    ],
    'https://hub.example/',
  ])
  expect(read({ STET_NEIGHBOURS: 'localhost:9000', STET_HUB: 'hub' })).toEqual([
    'STET_HUB: found "hub"; give the address of a WebSub hub, such as https://hub.example/',
    'STET_NEIGHBOURS: found "localhost:9000"; give addresses with ports, such as 127.0.0.1:9000,[::1]:9000',
  ])
})

test('K30, V8: a provider is named whole or not at all; each variable that is missing or wrong has a line, and no line tells the secret', () => {
  const read = (env: Record<string, string>) => {
    const outcome = readConfig(env)
    return outcome.ok ? outcome.config.oidc : outcome.problems
  }
  const whole = {
    STET_OIDC_ISSUER: 'https://accounts.example/',
    STET_OIDC_CLIENT_ID: 'stet',
    STET_OIDC_CLIENT_SECRET: 'lantern oil',
  }
  expect(read(whole)).toEqual({
    issuer: 'https://accounts.example/',
    clientId: 'stet',
    clientSecret: 'lantern oil',
    name: 'accounts.example',
  })
  expect(read({ ...whole, STET_OIDC_NAME: 'Harbour' })).toMatchObject({ name: 'Harbour' })
  expect(read({ STET_OIDC_NAME: 'Harbour', STET_OIDC_CLIENT_SECRET: 'lantern oil' })).toEqual([
    'STET_OIDC_ISSUER: found ""; give the issuer of your provider, such as https://accounts.example',
    'STET_OIDC_CLIENT_ID: found ""; give the client id that your provider has for this desk',
  ])
  for (const STET_OIDC_ISSUER of [
    'accounts',
    'http://accounts.example',
    'http://127.0.0.1:9001',
    'https://a.example/?b',
    'ftp://a',
  ])
    expect(read({ ...whole, STET_OIDC_ISSUER, STET_NEIGHBOURS: '127.0.0.1:9000' })).toEqual([
      `STET_OIDC_ISSUER: found "${STET_OIDC_ISSUER}"; give an https address without a query, such as https://accounts.example (http only for an address and port in STET_NEIGHBOURS)`,
    ])
  const inside = { ...whole, STET_OIDC_ISSUER: 'http://127.0.0.1:9000/realms/show', STET_NEIGHBOURS: '127.0.0.1:9000' }
  expect(read(inside)).toMatchObject({ issuer: 'http://127.0.0.1:9000/realms/show' })
})
