import { type Compilable, type Dialect, DummyDriver, Kysely } from 'kysely'
import type { Tables } from './access-tables.ts'

/** Kysely to write queries with, and not to run them: it has no driver that runs an act in one piece. */
export const queryBuilder = (words: Omit<Dialect, 'createDriver'>): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: { ...words, createDriver: () => new DummyDriver() } })

/** A query that is written once, and asked with other values each time: for what stands in front of every request. */
export const written = <Values extends readonly unknown[], Row>(
  write: (...values: Values) => Compilable<Row>,
): ((...values: Values) => Compilable<Row>) => {
  const places = Array.from({ length: write.length }, () => ({}))
  const compiled = write(...(places as unknown as Values)).compile()
  const nths = compiled.parameters.map((parameter) => places.indexOf(parameter as object))
  return (...values) => ({
    compile: () => ({
      ...compiled,
      parameters: nths.map((nth, index) => (nth === -1 ? compiled.parameters[index] : values[nth])),
    }),
  })
}
