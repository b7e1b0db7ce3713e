import type { HumanRole } from '@stet/schema/contract/people'
import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import type { KnownPerson, People, PersonOutcome } from './people.ts'

type Row = { id: string; name: string; color: number; role: HumanRole; made_at: number }

export const createSqlitePeople = (db: Database, clock: Pick<Clock, 'now'>): People => {
  const all = db.prepare<Row>('SELECT * FROM people WHERE removed_at IS NULL ORDER BY made_at, rowid')
  const byId = db.prepare<Row>('SELECT * FROM people WHERE id = ? AND removed_at IS NULL')
  const otherOwner = db.prepare("SELECT 1 FROM people WHERE role = 'owner' AND removed_at IS NULL AND id <> ? LIMIT 1")
  const rename = db.prepare('UPDATE people SET name = ?, color = ? WHERE id = ?')
  const setRole = db.prepare('UPDATE people SET role = ? WHERE id = ?')
  const noteRemoved = db.prepare('UPDATE people SET removed_at = ? WHERE id = ?')
  const endSessions = db.prepare('DELETE FROM sessions WHERE person = ?')

  /** A desk without an owner could be given to nobody any more. */
  const isLastOwner = ({ id, role }: Row) => role === 'owner' && otherOwner.get(id) === undefined

  const changeRole = db.transaction((id: string, role: HumanRole): PersonOutcome<KnownPerson> => {
    const row = byId.get(id)
    if (row === undefined) return { ok: false, fault: 'absent' }
    if (role !== 'owner' && isLastOwner(row)) return { ok: false, fault: 'last owner' }
    setRole.run(role, id)
    return { ok: true, value: personOf({ ...row, role }) }
  })
  const remove = db.transaction((id: string): PersonOutcome<null> => {
    const row = byId.get(id)
    if (row === undefined) return { ok: false, fault: 'absent' }
    if (isLastOwner(row)) return { ok: false, fault: 'last owner' }
    noteRemoved.run(clock.now(), id)
    endSessions.run(id)
    return { ok: true, value: null }
  })
  return {
    list: async () => all.all().map(personOf),
    changeRole: async (id, role) => changeRole.immediate(id, role),
    change: async (id, { name, color }) => {
      const row = byId.get(id)
      if (row === undefined) return null
      const changed = { ...row, name: name ?? row.name, color: color ?? row.color }
      rename.run(changed.name, changed.color, id)
      return personOf(changed)
    },
    remove: async (id) => remove.immediate(id),
  }
}

const personOf = ({ id, name, color, role, made_at }: Row): KnownPerson => ({ id, name, color, role, since: made_at })
