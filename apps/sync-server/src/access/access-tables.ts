import type Database from 'better-sqlite3'

const TABLES = `
  CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, color INTEGER NOT NULL, role TEXT NOT NULL, made_at INTEGER NOT NULL, removed_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS links (
    hash TEXT PRIMARY KEY, role TEXT NOT NULL, made_by TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_by TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tokens (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
  ) STRICT;
`

/** Makes the tables of people, sessions, links and tokens, or brings those of an older server up to date. */
export const prepareAccessTables = (db: Database): void => {
  db.exec(TABLES)
  const has = (table: string, column: string) =>
    (db.pragma(`table_info(${table})`) as { name: string }[]).some(({ name }) => name === column)
  db.transaction(() => {
    if (!has('people', 'removed_at')) db.exec('ALTER TABLE people ADD COLUMN removed_at INTEGER')
    // Tokens had roles before they had scopes; each keeps what its role allowed, but for approving.
    if (has('tokens', 'role'))
      db.exec(`
        ALTER TABLE tokens ADD COLUMN scopes TEXT NOT NULL DEFAULT 'read:published read:drafts';
        UPDATE tokens SET scopes = 'read:published read:drafts write:dispatches publish' WHERE role <> 'viewer';
        ALTER TABLE tokens DROP COLUMN role;
      `)
  }).immediate()
}
