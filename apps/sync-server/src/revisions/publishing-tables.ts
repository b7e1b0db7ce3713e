import type Database from 'better-sqlite3'

const REVISIONS = `
  CREATE TABLE IF NOT EXISTS revisions (
    dispatch TEXT NOT NULL, revision INTEGER NOT NULL, sha256 TEXT NOT NULL, published_at TEXT NOT NULL, published_by TEXT NOT NULL,
    path TEXT NOT NULL, title TEXT NOT NULL, snapshot TEXT NOT NULL, PRIMARY KEY (dispatch, revision)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS revisions_by_path ON revisions (path, revision);
`
/** The recording of a revision. An index knows these only as they are written here. */
export const HAS_AUDIO = "json_extract(snapshot, '$.audio.kind') IS NOT NULL"
export const AUDIO_OF = "json_extract(snapshot, '$.audio.sha256')"
const AUDIO = `
  CREATE INDEX IF NOT EXISTS revisions_by_audio ON revisions (${AUDIO_OF}) WHERE ${AUDIO_OF} IS NOT NULL;
  CREATE INDEX IF NOT EXISTS revisions_with_audio ON revisions (dispatch, revision) WHERE ${HAS_AUDIO};
`

/** Steps are only ever added. `seq`: the newest entry of the log that the step was said of; of publishing nobody asks for it. */
const STEPS = `
  CREATE TABLE steps (
    nth INTEGER PRIMARY KEY AUTOINCREMENT, dispatch TEXT NOT NULL, step TEXT NOT NULL, sha256 TEXT NOT NULL,
    said_by TEXT NOT NULL, said_at TEXT NOT NULL, note TEXT NOT NULL, seq INTEGER
  ) STRICT;
  CREATE INDEX steps_by_dispatch ON steps (dispatch, nth);
  INSERT INTO steps (dispatch, step, sha256, said_by, said_at, note)
    SELECT dispatch, 'published', sha256, published_by, published_at, '' FROM revisions ORDER BY published_at, dispatch, revision;
`

/** JSON; null where nothing is put right. Revisions of before there were corrections have none. */
const CORRECTIONS = 'ALTER TABLE revisions ADD COLUMN correction TEXT'

/** Makes the tables of revisions and steps, or brings older ones up to date; whatever was published stays as it was. */
export const preparePublishingTables = (db: Database): void => {
  const has = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
  db.transaction(() => {
    db.exec(REVISIONS)
    if (has.get('steps') === undefined) db.exec(STEPS)
    const columns = db.pragma('table_info(revisions)') as { name: string }[]
    if (!columns.some(({ name }) => name === 'correction')) db.exec(CORRECTIONS)
    db.exec(AUDIO)
  }).immediate()
}
