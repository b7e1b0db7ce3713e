import type Database from 'better-sqlite3'

/** Brings the tables of an older server up to date. */
export const bringAccessTablesUpToDate = (db: Database): void => {
  const has = (table: string, column: string) =>
    (db.pragma(`table_info(${table})`) as { name: string }[]).some(({ name }) => name === column)
  db.transaction(() => {
    if (!has('people', 'removed_at')) db.exec('ALTER TABLE people ADD COLUMN removed_at INTEGER')
    if (!has('people', 'came'))
      db.exec('ALTER TABLE people ADD COLUMN came INTEGER NOT NULL DEFAULT 0; UPDATE people SET came = rowid')
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
