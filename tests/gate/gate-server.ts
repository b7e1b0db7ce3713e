import { createSqlAccess } from '../../apps/sync-server/src/access/sql-access.ts'
import { createSqlitePeople } from '../../apps/sync-server/src/access/sqlite-people-database.ts'
import { systemClock } from '../../apps/sync-server/src/clock.ts'
import { dataFiles } from '../../apps/sync-server/src/data-folder.ts'
import { openDeskDatabase } from '../../apps/sync-server/src/desk-database.ts'
import { startServer } from '../e2e/running-server.ts'

/** The real server as a process of its own, with people to act on it. */
export type GateServer = Awaited<ReturnType<typeof startGateServer>>

export const startGateServer = async () => {
  const server = await startServer()
  const db = openDeskDatabase(dataFiles(server.data).desk)
  const access = createSqlAccess(createSqlitePeople(db), systemClock)
  const token = async (name: string, role: 'editor' | 'viewer' = 'editor'): Promise<string> => {
    const scopes = role === 'editor' ? (['read:drafts', 'write:dispatches'] as const) : (['read:drafts'] as const)
    return (await access.tokens.create({ name, scopes, days: 1 })).token
  }
  const owner = await token('the gate tests')

  return {
    url: server.url,
    socketUrl: `${server.url.replace('http', 'ws')}/sync`,
    token,
    createDispatch: async (content?: unknown): Promise<string> => {
      const answer = await fetch(`${server.url}/api/dispatches`, {
        method: 'POST',
        headers: { authorization: `Bearer ${owner}`, 'content-type': 'application/json' },
        body: JSON.stringify(content === undefined ? {} : { content }),
      })
      const made = (await answer.json()) as { id?: string }
      if (made.id === undefined) throw new Error(`no dispatch was made: ${JSON.stringify(made)}`)
      return made.id
    },
    isAlive: async (): Promise<boolean> => (await fetch(`${server.url}/healthz`)).ok && server.isRunning(),
    stop: async () => {
      db.close()
      await server.stop()
    },
  }
}
