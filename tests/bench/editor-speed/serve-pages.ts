import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import type { RivalName } from './pages/rival.ts'
import type { StoredScript } from './stored-scripts.ts'

export type PageServer = { readonly url: string; readonly close: () => void }

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
}

/** Isolated from other origins, a page may read its clock to 5 microseconds instead of 100. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

/** Serves the built pages, and `/stored/<rival>/<script>`: what is to be put in that rival's store. */
export const servePages = async (folder: string, storedBy: (script: string) => StoredScript): Promise<PageServer> => {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://pages')
    const [, first, rival, script] = pathname.split('/').map(decodeURIComponent)
    if (first === 'stored') {
      const stored = storedFor(rival as RivalName, storedBy(script ?? ''))
      response.writeHead(200, { ...ISOLATION, 'content-type': 'application/json' }).end(stored)
      return
    }
    const path = join(folder, normalize(pathname === '/' ? '/index.html' : pathname))
    const bytes = path.startsWith(folder) ? await readFile(path).catch(() => null) : null
    const headers = {
      ...ISOLATION,
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'cache-control': 'max-age=3600',
    }
    if (bytes === null) response.writeHead(404, ISOLATION).end()
    else response.writeHead(200, headers).end(bytes)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const storedFor = (rival: RivalName, stored: StoredScript): string => {
  const rows = rival === 'stet' ? stored.stet : rival === 'y-prosemirror' ? stored.yProsemirror : []
  return JSON.stringify({
    document: rival === 'floor' ? stored.floor : null,
    rows: rows.map((row) => Buffer.from(row).toString('base64')),
  })
}
