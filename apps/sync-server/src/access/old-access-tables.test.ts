import { expect, test } from 'vitest'
import { openDeskDatabase } from '../desk-database.ts'
import { createManualClock } from '../manual-clock.ts'
import { hashSecret } from '../secret.ts'
import { createSqlAccess } from './sql-access.ts'
import { createSqlitePeople } from './sqlite-people-database.ts'

test('K50: people of before there were several databases stay in the order in which they came, and the next one is after them', async () => {
  const db = openDeskDatabase(':memory:')
  const clock = createManualClock()
  db.exec(`
    CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT NOT NULL, color INTEGER NOT NULL, role TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT;
    INSERT INTO people VALUES ('z', 'Zoe', 1, 'owner', ${clock.now()}), ('a', 'Ada', 2, 'editor', ${clock.now()});
  `)
  const { people, invitations } = createSqlAccess(createSqlitePeople(db), clock)
  const { code } = await invitations.create({ role: 'viewer', uses: 1, days: 1, madeBy: 'z' })
  await invitations.accept(code, 'Bo', 'a browser')
  expect((await people.list()).map(({ name, color }) => [name, color])).toEqual([
    ['Zoe', 1],
    ['Ada', 2],
    ['Bo', 3],
  ])
})

test('K3: tokens of before there were scopes go on, with what their role allowed but for approving', async () => {
  const db = openDeskDatabase(':memory:')
  db.exec(`
    CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT NOT NULL, color INTEGER NOT NULL, role TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT;
    CREATE TABLE tokens (
      hash TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
    ) STRICT;
  `)
  const clock = createManualClock()
  const add = db.prepare('INSERT INTO tokens VALUES (?, ?, ?, ?, ?, NULL)')
  for (const role of ['viewer', 'editor', 'bot']) add.run(hashSecret(role), role, role, clock.now(), clock.now() + 60_000)
  for (const access of [createSqlAccess(createSqlitePeople(db), clock), createSqlAccess(createSqlitePeople(db), clock)]) {
    const scopesOf = async (token: string) =>
      (await access.identify({ cookie: null, authorization: `Bearer ${token}` }))?.person.scopes
    expect(await scopesOf('viewer')).toEqual(['read:published', 'read:drafts'])
    for (const token of ['editor', 'bot'])
      expect(await scopesOf(token)).toEqual(['read:published', 'read:drafts', 'write:dispatches', 'publish'])
  }
})
