import type { HumanRole } from '@stet/schema/contract/people'
import { afterEach, expect, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import type { Access } from './access.ts'
import { TABLES } from './access-tables.ts'
import { describeIdentities } from './identities.contract.ts'
import type { PeopleDatabase } from './people-database.ts'
import { createSqlAccess } from './sql-access.ts'

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const invite = async (access: Access, role: HumanRole, { uses = 1, days = 7 } = {}) =>
  (await access.invitations.create({ role, uses, days, madeBy: 'the test' })).code
const come = async (access: Access, role: HumanRole, name: string = role) => {
  const outcome = await access.invitations.accept(await invite(access, role), name, 'a browser')
  if (!outcome.ok) throw new Error(outcome.fault)
  return outcome.session
}
const withCookie = (secret: string) => ({ cookie: `a=b; stet_session=${secret}; c=d`, authorization: null })
const withToken = (token: string) => ({ cookie: null, authorization: `Bearer ${token}` })
const passkey = (person: string, counter = 0) => ({
  id: 'a-key',
  person,
  name: 'a phone',
  publicKey: Uint8Array.of(0, 1, 254, 255),
  counter,
  transports: ['internal', 'hybrid'],
})
const faultsOf = (outcomes: readonly ({ ok: true } | { ok: false; fault: string })[]) =>
  outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.fault)).sort()

/** What everything must do that people are kept in. `open` is asked for one that is fresh and empty. */
export const describeAccess = (open: () => Promise<PeopleDatabase>): void => {
  const opened: PeopleDatabase[] = []
  const fresh = async () => {
    const [database, clock] = [await open(), createManualClock()]
    opened.push(database)
    return { database, clock, access: createSqlAccess(database, clock) }
  }
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close()
  })

  test('V6, K50: a link signs one person in once', async () => {
    const { access } = await fresh()
    const code = await invite(access, 'editor')
    const first = await access.invitations.accept(code, 'Ada', 'a browser')
    expect(first).toMatchObject({ ok: true, session: { person: { name: 'Ada', role: 'editor', color: 1 } } })
    expect(await access.invitations.accept(code, 'Mallory', 'a browser')).toEqual({ ok: false, fault: 'used' })
    expect(await access.invitations.accept('no code', 'Mallory', 'a browser')).toEqual({ ok: false, fault: 'unknown' })
    const known = first.ok && (await access.identify(withCookie(first.session.secret)))
    expect(known).toEqual({
      person: { id: expect.any(String), name: 'Ada', role: 'editor', color: 1 },
      via: 'cookie',
      key: first.ok && first.session.key,
      expiresAt: first.ok && first.session.expiresAt,
    })
  })

  test('V6, K50: a link is void after 7 days, a session after 30', async () => {
    const { access, clock } = await fresh()
    const late = await invite(access, 'owner')
    const kept = await come(access, 'owner')
    clock.advance(7 * DAY)
    expect(await access.invitations.accept(late, 'Ada', 'a browser')).toEqual({ ok: false, fault: 'expired' })
    expect(await access.identify(withCookie(kept.secret))).not.toBeNull()
    clock.advance(23 * DAY)
    expect(await access.identify(withCookie(kept.secret))).toBeNull()
    expect(await access.sessions.list(kept.person.id)).toEqual([])
  })

  test('K3, K50: a token speaks until it expires or is revoked, and a bad token is not saved by a good cookie', async () => {
    const { access, clock } = await fresh()
    const { token, made } = await access.tokens.create({ scopes: ['publish'], name: 'export', days: 2 })
    expect(await access.identify(withToken(token))).toMatchObject({
      person: { id: made.id, name: 'export', role: 'bot', scopes: ['publish'] },
      via: 'token',
    })
    const session = await come(access, 'owner')
    expect(await access.identify({ ...withCookie(session.secret), authorization: 'Bearer stet_nonsense' })).toBeNull()
    clock.advance(2 * DAY)
    expect(await access.identify(withToken(token))).toBeNull()
    const other = await access.tokens.create({ scopes: ['publish'], name: 'other', days: 2 })
    expect(await access.nameOf(other.made.id)).toBe('other')
    const key = (await access.identify(withToken(other.token)))?.key
    expect(await access.tokens.revoke(other.made.id)).toBe(key)
    expect(await access.tokens.revoke(other.made.id)).toBeNull()
    expect(await access.identify(withToken(other.token))).toBeNull()
    await access.revoke(session.key)
    expect(await access.identify(withCookie(session.secret))).toBeNull()
  })

  test('V6, K50: no secret is stored', async () => {
    const { access, database } = await fresh()
    const code = await invite(access, 'owner')
    const { secret } = await come(access, 'owner')
    const { token } = await access.tokens.create({ scopes: ['publish'], name: 'export', days: 2 })
    await access.passkeys.ask('a challenge', null)
    const stored = JSON.stringify(
      await Promise.all(TABLES.map((table) => database.ask(database.build.selectFrom(table).selectAll()))),
    )
    expect(stored).toContain('export')
    for (const each of [code, token, secret, 'a challenge']) expect(stored).not.toContain(each)
  })

  test('K50: people are listed as they came, with a colour each, and an owner exists once one has come', async () => {
    const { access, clock } = await fresh()
    expect(await access.hasOwner()).toBe(false)
    for (const role of ['viewer', 'publisher', 'editor', 'owner'] as const) await come(access, role)
    const people = await access.people.list()
    expect(people.map(({ name, color, since }) => [name, color, since])).toEqual(
      ['viewer', 'publisher', 'editor', 'owner'].map((name, index) => [name, index + 1, clock.now()]),
    )
    expect(await access.hasOwner()).toBe(true)
  })

  test('K2, K50: who is removed is nobody any more, but their name stays', async () => {
    const { access } = await fresh()
    await come(access, 'owner')
    const { person, secret } = await come(access, 'editor', 'Ada')
    expect(await access.passwords.set(person.id, 'ada', 'a hash')).toBe('set')
    await access.passkeys.add(passkey(person.id))
    expect(await access.people.remove(person.id)).toEqual({ ok: true, value: null })
    expect(await access.identify(withCookie(secret))).toBeNull()
    expect(await access.passwords.byName('ada')).toBeNull()
    expect(await access.passkeys.find('a-key')).toBeNull()
    expect(await access.sessions.begin(person.id, 'a browser')).toBeNull()
    expect(await access.people.change(person.id, { name: 'Eve' })).toBeNull()
    expect(await access.people.changeRole(person.id, 'owner')).toEqual({ ok: false, fault: 'absent' })
    expect(await access.nameOf(person.id)).toBe('Ada')
    expect((await access.people.list()).map(({ name }) => name)).toEqual(['owner'])
    const { person: other } = await come(access, 'editor', 'Ada')
    expect(await access.passwords.set(other.id, 'Ada', 'another')).toBe('set')
  })

  test('K6, K50: name and colour change, sessions are listed and end one by one or all but one', async () => {
    const { access, clock } = await fresh()
    const { person, key } = await come(access, 'editor', 'Ada')
    expect(await access.people.change(person.id, { color: 4 })).toMatchObject({ name: 'Ada', color: 4 })
    expect(await access.people.change(person.id, { name: 'Ada L.' })).toMatchObject({ name: 'Ada L.', color: 4 })
    expect(await access.people.change(person.id, {})).toMatchObject({ name: 'Ada L.' })
    clock.advance(MINUTE)
    const second = await access.sessions.begin(person.id, 'a phone')
    clock.advance(MINUTE)
    const third = await access.sessions.begin(person.id, 'a tablet')
    const [newest, middle] = await access.sessions.list(person.id)
    expect(newest).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      key: third?.key,
      agent: 'a tablet',
      madeAt: clock.now(),
      usedAt: clock.now(),
      expiresAt: third?.expiresAt,
    })
    const somebody = await come(access, 'editor')
    expect(await access.sessions.end(somebody.person.id, middle?.id ?? '')).toBeNull()
    expect(await access.sessions.end(person.id, middle?.id ?? '')).toBe(second?.key)
    expect(await access.sessions.endOthers(person.id, key)).toEqual([third?.key])
    expect((await access.sessions.list(person.id)).map((session) => session.key)).toEqual([key])
  })

  test('K50: the last use is noted once an hour, and never goes back', async () => {
    const { access, clock } = await fresh()
    const { person, secret } = await come(access, 'editor')
    const { token } = await access.tokens.create({ scopes: ['publish'], name: 'bot', days: 9 })
    const used = async () => {
      await Promise.all([access.identify(withCookie(secret)), access.identify(withToken(token))])
      return [(await access.sessions.list(person.id))[0]?.usedAt, (await access.tokens.list())[0]?.usedAt]
    }
    const begun = clock.now()
    expect(await used()).toEqual([begun, begun])
    clock.advance(HOUR)
    expect(await used()).toEqual([begun, begun])
    clock.advance(1)
    expect(await used()).toEqual([begun + HOUR + 1, begun + HOUR + 1])
    clock.advance(-2 * HOUR)
    expect(await used()).toEqual([begun + HOUR + 1, begun + HOUR + 1])
  })

  test('K8, K50: invitations are listed without their link, newest first, and withdrawn', async () => {
    const { access, clock } = await fresh()
    const { made } = await access.invitations.create({ role: 'editor', uses: 2, days: 1, madeBy: 'ada' })
    clock.advance(MINUTE)
    const other = await access.invitations.create({ role: 'viewer', uses: 1, days: 9, madeBy: 'ada' })
    expect(await access.invitations.list()).toEqual([other.made, made])
    expect(await access.invitations.withdraw(other.made.id)).toBe(true)
    expect(await access.invitations.withdraw(other.made.id)).toBe(false)
    expect(await access.invitations.withdraw('%')).toBe(false)
    expect(await access.invitations.accept(other.code, 'Ada', 'a browser')).toEqual({ ok: false, fault: 'unknown' })
    clock.advance(DAY)
    expect(await access.invitations.list()).toEqual([])
  })

  test('K4, K50: who comes with a password signs in by it under that name, however it is written', async () => {
    const { access } = await fresh()
    const first = await access.invitations.accept(await invite(access, 'editor'), ' Ada  L.', 'a browser', 'a hash')
    const person = first.ok ? first.session.person.id : ''
    expect(await access.passwords.byName('ada l.')).toEqual({ person, hash: 'a hash' })
    expect(await access.passwords.set(person, 'ADA', 'another')).toBe('set')
    expect(await access.passwords.byName('ada l.')).toBeNull()
    expect(await access.passwords.ofPerson(person)).toEqual({ name: 'ADA', hash: 'another' })
    const { person: other } = await come(access, 'editor', 'N\0ll')
    expect(await access.passwords.set(other.id, 'N\0ll', 'a hash')).toBe('set')
    expect(await access.passwords.byName('n\0LL')).toEqual({ person: other.id, hash: 'a hash' })
    expect(await access.passwords.set(other.id, 'ada', 'a hash')).toBe('taken')
    expect((await access.passwords.ofPerson(other.id))?.hash).toBe('a hash')
  })

  test('K7, K50: a passkey comes back as it was, once, and is removed by whose it is', async () => {
    const { access, clock } = await fresh()
    const { person } = await come(access, 'editor')
    const { person: other } = await come(access, 'editor')
    expect(await access.passkeys.add(passkey(person.id, 3_000_000_000))).toBe(true)
    expect(await access.passkeys.add(passkey(other.id))).toBe(false)
    expect(await access.passkeys.find('a-key')).toEqual({
      ...passkey(person.id, 3_000_000_000),
      madeAt: clock.now(),
      usedAt: null,
    })
    expect(await access.passkeys.list(other.id)).toEqual([])
    expect(await access.passkeys.remove(other.id, 'a-key')).toBe(false)
    expect(await access.passkeys.remove(person.id, 'a-key')).toBe(true)
  })

  test('K7, K50: a challenge is answered once, within five minutes, by whom it was asked', async () => {
    const { access, clock } = await fresh()
    await access.passkeys.ask('hers', 'ada')
    await access.passkeys.ask('anybody’s', null)
    expect(await access.passkeys.wasAsked('hers', null)).toBe(false)
    expect(await access.passkeys.wasAsked('hers', 'bob')).toBe(false)
    expect(await access.passkeys.wasAsked('anybody’s', 'ada')).toBe(false)
    const both = await Promise.all([access.passkeys.wasAsked('hers', 'ada'), access.passkeys.wasAsked('hers', 'ada')])
    expect(both.sort()).toEqual([false, true])
    clock.advance(5 * MINUTE)
    expect(await access.passkeys.wasAsked('anybody’s', null)).toBe(false)
  })

  test('K51: the counter of a passkey only rises, also for two at once; one that does not count stays at 0', async () => {
    const { access, clock } = await fresh()
    const { person } = await come(access, 'editor')
    await access.passkeys.add(passkey(person.id, 7))
    const both = await Promise.all([access.passkeys.noteUse('a-key', 8), access.passkeys.noteUse('a-key', 8)])
    expect(both.sort()).toEqual([false, true])
    expect(await access.passkeys.noteUse('a-key', 0)).toBe(false)
    expect(await access.passkeys.find('a-key')).toMatchObject({ counter: 8, usedAt: clock.now() })
    await access.passkeys.add({ ...passkey(person.id), id: 'another' })
    expect(await access.passkeys.noteUse('another', 0)).toBe(true)
    expect(await access.passkeys.noteUse('another', 0)).toBe(true)
  })

  test('K51: of eight who use an invitation for three at once, three come, and nothing of the others stays', async () => {
    const { access } = await fresh()
    const code = await invite(access, 'editor', { uses: 3 })
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => access.invitations.accept(code, `${index}`, 'a browser')),
    )
    expect(faultsOf(outcomes)).toEqual(['ok', 'ok', 'ok', 'used', 'used', 'used', 'used', 'used'])
    const people = await access.people.list()
    expect(people.length).toBe(3)
    expect(new Set(people.map(({ color }) => color)).size).toBe(3)
  })

  test('K51: of two who take one name to sign in with at once, one is told, and the link is as good as before', async () => {
    const { access } = await fresh()
    const code = await invite(access, 'editor', { uses: 2 })
    const outcomes = await Promise.all(
      ['Ada', 'ADA'].map((name) => access.invitations.accept(code, name, 'a browser', `of ${name}`)),
    )
    expect(faultsOf(outcomes)).toEqual(['ok', 'taken'])
    expect((await access.people.list()).length).toBe(1)
    expect((await access.invitations.list()).map(({ used }) => used)).toEqual([1])
    const [first, second] = [await come(access, 'editor'), await come(access, 'editor')]
    const set = [first, second].map(({ person }) => access.passwords.set(person.id, 'Grace', 'a hash'))
    expect((await Promise.all(set)).sort()).toEqual(['set', 'taken'])
  })

  test('K2, K51: of two owners who lower or remove each other at once, one stays', async () => {
    const { access } = await fresh()
    const [first, second] = [(await come(access, 'owner')).person.id, (await come(access, 'owner')).person.id]
    const outcomes = await Promise.all([access.people.changeRole(first, 'editor'), access.people.remove(second)])
    expect(faultsOf(outcomes)).toEqual(['last owner', 'ok'])
    expect(await access.hasOwner()).toBe(true)
    const last = (await access.people.list()).find(({ role }) => role === 'owner')?.id ?? ''
    expect(await access.people.changeRole(last, 'owner')).toMatchObject({ ok: true })
    expect(await access.people.remove(last)).toEqual({ ok: false, fault: 'last owner' })
  })

  describeIdentities(async () => {
    const [database, clock] = [await open(), createManualClock()]
    return { access: createSqlAccess(database, clock), clock, close: database.close }
  })

  test('K51: of two who join one account elsewhere at once, one is told', async () => {
    const { access } = await fresh()
    const both = [await come(access, 'editor'), await come(access, 'editor')]
    const identity = { issuer: 'https://one.example', subject: 'same' }
    const joined = await Promise.all(both.map(({ person }) => access.identities.join(person.id, identity)))
    expect(joined.sort()).toEqual(['joined', 'taken'])
  })

  test('K51: an act that fails leaves nothing behind, and the next one goes on', async () => {
    const { access, database } = await fresh()
    const { person } = await come(access, 'editor')
    const half = database.act(function* () {
      yield database.build.updateTable('people').set({ name: 'half' })
      throw new Error('of its own')
    })
    await expect(half).rejects.toThrow('of its own')
    expect(await access.nameOf(person.id)).toBe('editor')
  })
}
