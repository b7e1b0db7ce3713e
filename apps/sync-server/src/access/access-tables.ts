import type Database from 'better-sqlite3'

const TABLES = `
  CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, color INTEGER NOT NULL, role TEXT NOT NULL, made_at INTEGER NOT NULL, removed_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL DEFAULT 0, agent TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE TABLE IF NOT EXISTS links (
    hash TEXT PRIMARY KEY, role TEXT NOT NULL, made_by TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_by TEXT,
    uses INTEGER NOT NULL DEFAULT 1, used INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tokens (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS passwords (
    person TEXT PRIMARY KEY REFERENCES people (id), name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, hash TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS passkeys (
    id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), name TEXT NOT NULL, public_key BLOB NOT NULL,
    counter INTEGER NOT NULL, transports TEXT NOT NULL, made_at INTEGER NOT NULL, used_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS challenges (hash TEXT PRIMARY KEY, person TEXT, expires_at INTEGER NOT NULL) STRICT;
`

/** Makes the tables of people and of their ways in, or brings those of an older server up to date. */
export const prepareAccessTables = (db: Database): void => {
  db.exec(TABLES)
  const has = (table: string, column: string) =>
    (db.pragma(`table_info(${table})`) as { name: string }[]).some(({ name }) => name === column)
  db.transaction(() => {
    if (!has('people', 'removed_at')) db.exec('ALTER TABLE people ADD COLUMN removed_at INTEGER')
    if (!has('sessions', 'agent'))
      db.exec(`
        ALTER TABLE sessions ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
        UPDATE sessions SET used_at = made_at;
      `)
    if (!has('links', 'uses'))
      db.exec(`
        ALTER TABLE links ADD COLUMN uses INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE links ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
        UPDATE links SET used = 1 WHERE used_by IS NOT NULL;
      `)
    // Tokens had roles before they had scopes; each keeps what its role allowed, but for approving.
    if (has('tokens', 'role'))
      db.exec(`
        ALTER TABLE tokens ADD COLUMN scopes TEXT NOT NULL DEFAULT 'read:published read:drafts';
        UPDATE tokens SET scopes = 'read:published read:drafts write:dispatches publish' WHERE role <> 'viewer';
        ALTER TABLE tokens DROP COLUMN role;
      `)
  }).immediate()
}
