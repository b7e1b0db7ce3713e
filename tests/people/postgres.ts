import { connect, createServer, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { dataDir } from '@electric-sql/pglite-prepopulatedfs'
import { CompiledQuery } from 'kysely'
import { TABLES } from '../../apps/sync-server/src/access/access-tables.ts'
import type { PeopleDatabase } from '../../apps/sync-server/src/access/people-database.ts'
import { createPostgresPeople, preparePostgresPeople } from '../../apps/sync-server/src/access/postgres-people-database.ts'
import { servePglite } from './pglite-server.ts'

/** The Postgres at `STET_TEST_POSTGRES`, which is emptied, or one in this process that is spoken to by a socket. */
export const startPostgres = async (): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> => {
  const given = process.env['STET_TEST_POSTGRES']
  const { address, stop } = given === undefined ? await startPglite() : { address: given, stop: async () => undefined }
  const people = createPostgresPeople(address, silent)
  await preparePostgresPeople(people)
  await people.close()
  return { address, stop }
}

const startPglite = async () => {
  // It lives for seconds: making its code fast takes longer than it saves.
  setFlagsFromString('--liftoff-only')
  const db = await PGlite.create({ loadDataDir: await dataDir() })
  const server = await servePglite(db)
  return {
    address: `postgres://postgres@127.0.0.1:${server.port}/postgres`,
    stop: async () => {
      await server.stop()
      await db.close()
    },
  }
}

const silent = { warn: () => undefined }

const wipe = CompiledQuery.raw(
  TABLES.toReversed()
    .map((table) => `DELETE FROM ${table}`)
    .join('; '),
)

/** Without what earlier tests have left. */
export const openEmptyPostgres = async (address: string): Promise<PeopleDatabase> => {
  const people = createPostgresPeople(address, silent)
  await people.ask({ compile: () => wipe })
  return people
}

/** A way to a server that can be cut and mended. */
export const openWay = async (address: string) => {
  const to = new URL(address)
  const open = new Set<Socket>()
  const join = (near: Socket) => {
    const far = connect(Number(to.port || 5432), to.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
  }
  let server = createServer(join)
  const listen = (port: number) =>
    new Promise<number>((resolve) =>
      server.listen(port, '127.0.0.1', () => {
        const bound = server.address()
        resolve(typeof bound === 'object' && bound !== null ? bound.port : port)
      }),
    )
  const port = await listen(0)
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
  const url = new URL(address)
  url.host = `127.0.0.1:${port}`
  return {
    address: url.href,
    cut,
    mend: async () => {
      server = createServer(join)
      await listen(port)
    },
  }
}
