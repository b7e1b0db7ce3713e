import type { Compilable, Kysely } from 'kysely'
import type { Tables } from './access-tables.ts'

export type Answer<Row> = { readonly rows: readonly Row[]; readonly changes: number }

/**
 * Queries that belong together: it yields one after the other, and goes on with the answer of each. A generator, so that the same text
 * runs in one piece on SQLite, whose connection waits for nothing, and over a wire on Postgres.
 */
export type Act<T> = Generator<Compilable, T, Answer<unknown>>

/** Where people and their ways in are kept. */
export type PeopleDatabase = {
  /** Writes queries in the words of this database. It runs none. */
  readonly build: Kysely<Tables>
  /** One query by itself. */
  readonly ask: <Row>(query: Compilable<Row>) => Promise<Answer<Row>>
  /** All of it or nothing. Acts come one after another, whoever else acts on the same database. */
  readonly act: <T>(act: () => Act<T>) => Promise<T>
  readonly close: () => Promise<void>
}

/** Within an act. */
export function* answerTo<Row>(query: Compilable<Row>): Act<Answer<Row>> {
  return (yield query) as Answer<Row>
}

/** Thrown by whatever asks after people while they cannot be asked. The database comes back by itself, or its operator is told. */
export class PeopleUnreachable extends Error {
  override readonly name = 'PeopleUnreachable'
}
