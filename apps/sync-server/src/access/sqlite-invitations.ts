import type { HumanRole } from '@stet/schema/contract/people'
import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { hashSecret, newSecret } from '../secret.ts'
import type { AcceptOutcome, Invitations, KnownInvitation } from './invitations.ts'
import type { SqliteSessions } from './sqlite-sessions.ts'

type Row = {
  hash: string
  role: HumanRole
  made_by: string
  made_at: number
  expires_at: number
  uses: number
  used: number
}

const DAY = 24 * 60 * 60 * 1000
const COLORS = 6

export const createSqliteInvitations = (
  db: Database,
  { sessions, clock }: { sessions: Pick<SqliteSessions, 'beginNow'>; clock: Pick<Clock, 'now'> },
): Invitations => {
  const byHash = db.prepare<Row>('SELECT * FROM links WHERE hash = ?')
  const open = db.prepare<Row>('SELECT * FROM links WHERE expires_at > ? AND used < uses ORDER BY made_at DESC, hash')
  const add = db.prepare('INSERT INTO links (hash, role, made_by, made_at, expires_at, uses, used) VALUES (?, ?, ?, ?, ?, ?, 0)')
  const noteUse = db.prepare('UPDATE links SET used = used + 1, used_by = ? WHERE hash = ?')
  const remove = db.prepare('DELETE FROM links WHERE hash = ?')
  const countPeople = db.prepare<{ count: number }>('SELECT count(*) AS count FROM people')
  const addPerson = db.prepare('INSERT INTO people (id, name, color, role, made_at) VALUES (?, ?, ?, ?, ?)')

  const accept = db.transaction((code: string, name: string, agent: string): AcceptOutcome => {
    const hash = hashSecret(code)
    const link = byHash.get(hash)
    const now = clock.now()
    if (link === undefined) return { ok: false, fault: 'unknown' }
    if (link.used >= link.uses) return { ok: false, fault: 'used' }
    if (link.expires_at <= now) return { ok: false, fault: 'expired' }
    const id = `person-${newSecret().slice(0, 22)}`
    addPerson.run(id, name, ((countPeople.get()?.count ?? 0) % COLORS) + 1, link.role, now)
    noteUse.run(id, hash)
    const session = sessions.beginNow(id, agent)
    if (session === null) throw new Error('whoever has just come may come')
    return { ok: true, session }
  })
  return {
    create: async ({ role, uses, days, madeBy }) => {
      const code = newSecret()
      const now = clock.now()
      const row = { hash: hashSecret(code), role, made_by: madeBy, made_at: now, expires_at: now + days * DAY, uses, used: 0 }
      add.run(row.hash, role, madeBy, now, row.expires_at, uses)
      return { code, made: invitationOf(row) }
    },
    list: async () => open.all(clock.now()).map(invitationOf),
    accept: async (code, name, agent) => accept.immediate(code, name, agent),
    withdraw: async (id) => {
      const row = open.all(clock.now()).find((each) => invitationOf(each).id === id)
      return row !== undefined && remove.run(row.hash).changes > 0
    },
  }
}

const invitationOf = ({ hash, role, uses, used, made_by, made_at, expires_at }: Row): KnownInvitation => ({
  id: hash.slice(0, 16),
  role,
  uses,
  used,
  madeBy: made_by,
  madeAt: made_at,
  expiresAt: expires_at,
})
