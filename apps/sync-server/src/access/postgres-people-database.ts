import { type Compilable, CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { DatabaseError, Pool, type PoolClient, types } from 'pg'
import type { Logger } from 'pino'
import { missingTables } from './access-tables.ts'
import { type Act, type Answer, answerTo, type PeopleDatabase, PeopleUnreachable } from './people-database.ts'
import { queryBuilder } from './query-builder.ts'

const CONNECTIONS = 10
/** Milliseconds. */
const CONNECT_PATIENCE = 5_000
const ANSWER_PATIENCE = 10_000

/** Any number will do that nobody else takes in this database. */
const ACTS = 1_937_007_988
/** A lock that ends with the transaction: what an act has read stays true until its end, though rows are not locked. */
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED;
  SET LOCAL idle_in_transaction_session_timeout = ${ANSWER_PATIENCE};
  SELECT pg_advisory_xact_lock(${ACTS})`

/** People in a Postgres database. Nothing is asked of it yet. */
export const createPostgresPeople = (address: string, logger: Pick<Logger, 'warn'>): PeopleDatabase => {
  const pool = new Pool({
    connectionString: address,
    application_name: 'stet',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_PATIENCE,
    query_timeout: ANSWER_PATIENCE,
    keepAlive: true,
    // Times are larger than an int4, and smaller than what a number holds.
    types: { getTypeParser: (id, format) => (id === types.builtins.INT8 ? Number : types.getTypeParser(id, format)) },
  })
  // The pool opens another one when it is wanted.
  pool.on('error', (error) => logger.warn({ error: reasonOf(error) }, 'a connection to the database of people broke'))

  const answer = async <Row>(by: Pool | PoolClient, query: Compilable<Row>): Promise<Answer<Row>> => {
    const { sql, parameters } = query.compile()
    const { rows, rowCount } = await reached(() => by.query(sql, parameters.map(storable)))
    return { rows: rows as Row[], changes: rowCount ?? 0 }
  }
  const run = async <T>(client: PoolClient, act: Act<T>): Promise<T> => {
    await reached(() => client.query(BEGIN))
    let step = act.next()
    while (!step.done) step = act.next(await answer(client, step.value))
    await reached(() => client.query('COMMIT'))
    return step.value
  }

  return {
    build: queryBuilder({
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (build) => new PostgresIntrospector(build),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    }),
    ask: (query) => answer(pool, query),
    act: async (act) => {
      const client = await reached(() => pool.connect())
      // A connection that breaks between two queries says so by an event; the next query tells as well.
      client.on('error', ignore)
      let isDone = false
      try {
        const value = await run(client, act())
        isDone = true
        return value
      } finally {
        // With its connection ends a transaction that was not committed.
        client.release(!isDone)
        client.off('error', ignore)
      }
    },
    close: () => pool.end(),
  }
}

/** Makes the tables that are not there. */
export const preparePostgresPeople = ({ act }: PeopleDatabase): Promise<void> =>
  act(function* () {
    for (const text of missingTables({ text: 'TEXT COLLATE "C"', whole: 'BIGINT', bytes: 'BYTEA', strict: '' }))
      yield* answerTo({ compile: () => CompiledQuery.raw(text) })
  })

/** Postgres keeps every letter but the one that is none. */
const storable = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value)

const ignore = () => undefined

const reached = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    throw isUnreachable(error) ? new PeopleUnreachable(reasonOf(error), { cause: error }) : error
  }
}

/**
 * What is no answer of Postgres is the way there. Of its answers: connection exceptions (08), no resources (53), stopped by its operator
 * or starting (57), a standby that takes no writes (25006), an act that was idle for too long (25P03).
 */
const isUnreachable = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || /^(08|53|57|25006|25P03)/.test(error.code ?? '')

/** Of several addresses of one name, each is tried; together they have a code and no message. */
export const reasonOf = (error: unknown): string => {
  const { message = '', code = '' } = error as { message?: string; code?: string }
  return message || code || String(error)
}

/** Without who signs in there and with what. */
export const shownAddress = (address: string): string => {
  const { host, pathname } = new URL(address)
  return `${host}${pathname}`
}
