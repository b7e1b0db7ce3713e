import type { HumanRole } from '@stet/schema/contract/people'

/** A row of each table. Times are milliseconds since 1970. */
export type Tables = {
  readonly people: {
    readonly id: string
    readonly name: string
    readonly color: number
    readonly role: HumanRole
    readonly made_at: number
    readonly removed_at: number | null
    /** Whoever comes next has one more; nobody is ever taken out. */
    readonly came: number
  }
  readonly sessions: {
    readonly hash: string
    readonly person: string
    readonly made_at: number
    readonly expires_at: number
    readonly used_at: number
    readonly agent: string
  }
  readonly links: {
    readonly hash: string
    readonly role: HumanRole
    readonly made_by: string
    readonly made_at: number
    readonly expires_at: number
    readonly used_by: string | null
    readonly uses: number
    readonly used: number
  }
  readonly tokens: {
    readonly hash: string
    readonly name: string
    /** With spaces between them. */
    readonly scopes: string
    readonly made_at: number
    readonly expires_at: number
    readonly used_at: number | null
  }
  readonly passwords: {
    readonly person: string
    readonly name: string
    readonly folded: string
    readonly hash: string
  }
  readonly passkeys: {
    readonly id: string
    readonly person: string
    readonly name: string
    readonly public_key: Uint8Array
    readonly counter: number
    /** With spaces between them. */
    readonly transports: string
    readonly made_at: number
    readonly used_at: number | null
  }
  readonly challenges: {
    readonly hash: string
    readonly person: string | null
    readonly expires_at: number
  }
  readonly identities: {
    readonly issuer: string
    readonly subject: string
    readonly person: string
    readonly made_at: number
    readonly used_at: number | null
  }
  readonly begun_sign_ins: {
    readonly hash: string
    readonly expires_at: number
  }
}
export type TableName = keyof Tables

/** What a database calls the types of columns, and says behind a table. */
export type Dialect = { readonly text: string; readonly whole: string; readonly bytes: string; readonly strict: string }

/** The columns of each table; what refers to a table stands after it. */
const COLUMNS: { readonly [Name in TableName]: (dialect: Dialect) => string } = {
  people: ({ text, whole }) =>
    `id ${text} PRIMARY KEY, name ${text} NOT NULL, color ${whole} NOT NULL, role ${text} NOT NULL, made_at ${whole} NOT NULL,
     removed_at ${whole}, came ${whole} NOT NULL`,
  sessions: ({ text, whole }) =>
    `hash ${text} PRIMARY KEY, person ${text} NOT NULL REFERENCES people (id), made_at ${whole} NOT NULL,
     expires_at ${whole} NOT NULL, used_at ${whole} NOT NULL, agent ${text} NOT NULL`,
  links: ({ text, whole }) =>
    `hash ${text} PRIMARY KEY, role ${text} NOT NULL, made_by ${text} NOT NULL, made_at ${whole} NOT NULL,
     expires_at ${whole} NOT NULL, used_by ${text}, uses ${whole} NOT NULL, used ${whole} NOT NULL`,
  tokens: ({ text, whole }) =>
    `hash ${text} PRIMARY KEY, name ${text} NOT NULL, scopes ${text} NOT NULL, made_at ${whole} NOT NULL,
     expires_at ${whole} NOT NULL, used_at ${whole}`,
  passwords: ({ text }) =>
    `person ${text} PRIMARY KEY REFERENCES people (id), name ${text} NOT NULL, folded ${text} NOT NULL UNIQUE, hash ${text} NOT NULL`,
  passkeys: ({ text, whole, bytes }) =>
    `id ${text} PRIMARY KEY, person ${text} NOT NULL REFERENCES people (id), name ${text} NOT NULL, public_key ${bytes} NOT NULL,
     counter ${whole} NOT NULL, transports ${text} NOT NULL, made_at ${whole} NOT NULL, used_at ${whole}`,
  challenges: ({ text, whole }) => `hash ${text} PRIMARY KEY, person ${text}, expires_at ${whole} NOT NULL`,
  identities: ({ text, whole }) =>
    `issuer ${text} NOT NULL, subject ${text} NOT NULL, person ${text} NOT NULL REFERENCES people (id), made_at ${whole} NOT NULL,
     used_at ${whole}, PRIMARY KEY (issuer, subject)`,
  begun_sign_ins: ({ text, whole }) => `hash ${text} PRIMARY KEY, expires_at ${whole} NOT NULL`,
}

/** In an order in which they can be filled. */
export const TABLES = Object.keys(COLUMNS) as TableName[]

/** For each table, SQL that makes it where it is not there. */
export const missingTables = (dialect: Dialect): readonly string[] =>
  TABLES.map((name) => `CREATE TABLE IF NOT EXISTS ${name} (${COLUMNS[name](dialect)})${dialect.strict}`)
