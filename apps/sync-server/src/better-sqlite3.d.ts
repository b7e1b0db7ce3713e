/** The part of better-sqlite3 that this server uses; the package brings no types of its own. */
declare module 'better-sqlite3' {
  type Value = string | number | bigint | Uint8Array | null
  type Statement<Row = unknown> = {
    /** Whether it answers rows. */
    readonly reader: boolean
    run(...values: Value[]): { changes: number; lastInsertRowid: number | bigint }
    get(...values: Value[]): Row | undefined
    all(...values: Value[]): Row[]
    iterate(...values: Value[]): IterableIterator<Row>
  }
  class Database {
    constructor(path: string, options?: { readonly?: boolean; timeout?: number })
    prepare<Row = unknown>(sql: string): Statement<Row>
    exec(sql: string): this
    pragma(text: string, options?: { simple?: boolean }): unknown
    transaction<A extends unknown[], R>(act: (...args: A) => R): { (...args: A): R; immediate(...args: A): R }
    close(): void
  }
  export default Database
}
