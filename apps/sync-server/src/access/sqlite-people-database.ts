import type Database from 'better-sqlite3'
import { type Compilable, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { missingTables } from './access-tables.ts'
import { bringAccessTablesUpToDate } from './old-access-tables.ts'
import type { Act, Answer, PeopleDatabase } from './people-database.ts'
import { queryBuilder } from './query-builder.ts'

type Statement = ReturnType<Database['prepare']>

/** People in `desk.sqlite`. */
export const createSqlitePeople = (db: Database): PeopleDatabase => {
  for (const sql of missingTables({ text: 'TEXT', whole: 'INTEGER', bytes: 'BLOB', strict: ' STRICT' })) db.exec(sql)
  bringAccessTablesUpToDate(db)
  /** The queries are few, and the same each time. */
  const statements = new Map<string, Statement>()
  const prepared = (sql: string): Statement => {
    const known = statements.get(sql) ?? db.prepare(sql)
    statements.set(sql, known)
    return known
  }
  const answer = <Row>(query: Compilable<Row>): Answer<Row> => {
    const { sql, parameters } = query.compile()
    const statement = prepared(sql)
    const values = parameters as Parameters<Statement['all']>
    if (!statement.reader) return { rows: [], changes: statement.run(...values).changes }
    const rows = statement.all(...values) as Row[]
    return { rows, changes: rows.length }
  }
  // In one piece: other parts of the server write to the same file by connections that wait in this very thread. An act that let them
  // begin would never get to its end.
  const run = <T>(act: Act<T>): T => {
    let step = act.next()
    while (!step.done) step = act.next(answer(step.value))
    return step.value
  }
  return {
    build: queryBuilder({
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (build) => new SqliteIntrospector(build),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    }),
    ask: async (query) => answer(query),
    act: async (act) => db.transaction(() => run(act())).immediate(),
    close: async () => db.close(),
  }
}
