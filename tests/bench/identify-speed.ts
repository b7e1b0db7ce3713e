/**
 * What it takes to know who asks, which stands in front of every request and socket: one query, by a session's cookie and by a token.
 * Against `desk.sqlite` on the disk, and against the Postgres of `STET_TEST_POSTGRES` where one is named, which is emptied.
 *
 *     npm run bench:identify
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Credentials } from '../../apps/sync-server/src/access/access.ts'
import { createSqlAccess } from '../../apps/sync-server/src/access/sql-access.ts'
import { createSqlitePeople } from '../../apps/sync-server/src/access/sqlite-people-database.ts'
import { systemClock } from '../../apps/sync-server/src/clock.ts'
import { openDeskDatabase } from '../../apps/sync-server/src/desk-database.ts'
import { openEmptyPostgres } from '../people/postgres.ts'

const PEOPLE = 50
const ROUNDS = 15

const measure = async (name: string, people: ReturnType<typeof createSqlitePeople>, times: number): Promise<void> => {
  const access = createSqlAccess(people, systemClock)
  const { code } = await access.invitations.create({ role: 'editor', uses: PEOPLE, days: 1, madeBy: 'the benchmark' })
  const credentials: Credentials[] = []
  for (let index = 0; index < PEOPLE; index += 1) {
    const come = await access.invitations.accept(code, `person ${index}`, 'a browser')
    if (!come.ok) throw new Error(come.fault)
    credentials.push({ cookie: `stet_session=${come.session.secret}`, authorization: null })
  }
  const { token } = await access.tokens.create({ name: 'bot', scopes: ['read:drafts'], days: 1 })
  const bot: Credentials = { cookie: null, authorization: `Bearer ${token}` }
  const round = async (who: (index: number) => Credentials): Promise<number> => {
    const began = process.cpuUsage()
    const at = performance.now()
    for (let index = 0; index < times; index += 1)
      if ((await access.identify(who(index))) === null) throw new Error('somebody was not known')
    const { user, system } = process.cpuUsage(began)
    return name === 'SQLite' ? (user + system) / times : ((performance.now() - at) * 1000) / times
  }
  for (const [way, who] of [
    ['cookie', (index: number) => credentials[index % PEOPLE] ?? bot],
    ['token', () => bot],
  ] as const) {
    const took: number[] = []
    for (let index = 0; index < ROUNDS; index += 1) took.push(await round(who))
    took.sort((a, b) => a - b)
    console.log(`${name}, ${way}: ${(took[ROUNDS >> 1] ?? 0).toFixed(1)} µs (least ${(took[0] ?? 0).toFixed(1)})`)
  }
  await people.close()
}

const folder = mkdtempSync(join(tmpdir(), 'stet-identify-'))
await measure('SQLite', createSqlitePeople(openDeskDatabase(join(folder, 'desk.sqlite'))), 5_000)
rmSync(folder, { recursive: true })
const address = process.env['STET_TEST_POSTGRES']
if (address !== undefined) await measure('Postgres', await openEmptyPostgres(address), 300)
