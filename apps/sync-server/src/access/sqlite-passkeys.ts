import type Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { hashSecret } from '../secret.ts'
import type { Passkey, Passkeys } from './passkeys.ts'

type Row = {
  id: string
  person: string
  name: string
  public_key: Uint8Array
  counter: number
  transports: string
  made_at: number
  used_at: number | null
}

const ANSWER_TIME = 5 * 60 * 1000

export const createSqlitePasskeys = (db: Database, clock: Pick<Clock, 'now'>): Passkeys => {
  const current = 'SELECT passkeys.* FROM passkeys JOIN people ON people.id = passkeys.person WHERE removed_at IS NULL'
  const byId = db.prepare<Row>(`${current} AND passkeys.id = ?`)
  const byPerson = db.prepare<Row>(`${current} AND person = ? ORDER BY passkeys.made_at`)
  const add = db.prepare(
    `INSERT INTO passkeys (id, person, name, public_key, counter, transports, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const noteUse = db.prepare('UPDATE passkeys SET used_at = ?, counter = ? WHERE id = ?')
  const remove = db.prepare('DELETE FROM passkeys WHERE person = ? AND id = ?')
  const ask = db.prepare('INSERT INTO challenges (hash, person, expires_at) VALUES (?, ?, ?)')
  const forgetOld = db.prepare('DELETE FROM challenges WHERE expires_at <= ?')
  const takeBack = db.prepare('DELETE FROM challenges WHERE hash = ? AND person IS ?')

  return {
    find: async (id) => {
      const row = byId.get(id)
      return row === undefined ? null : passkeyOf(row)
    },
    list: async (person) => byPerson.all(person).map(passkeyOf),
    add: async ({ id, person, name, publicKey, counter, transports }) =>
      add.run(id, person, name, publicKey, counter, transports.join(' '), clock.now()).changes > 0,
    noteUse: async (id, counter) => void noteUse.run(clock.now(), counter, id),
    remove: async (person, id) => remove.run(person, id).changes > 0,
    ask: async (challenge, person) => {
      forgetOld.run(clock.now())
      ask.run(hashSecret(challenge), person, clock.now() + ANSWER_TIME)
    },
    wasAsked: async (challenge, person) => {
      forgetOld.run(clock.now())
      return takeBack.run(hashSecret(challenge), person).changes > 0
    },
  }
}

const passkeyOf = ({ id, person, name, public_key, counter, transports, made_at, used_at }: Row): Passkey => ({
  id,
  person,
  name,
  publicKey: Uint8Array.from(public_key),
  counter,
  transports: transports === '' ? [] : transports.split(' '),
  madeAt: made_at,
  usedAt: used_at,
})
