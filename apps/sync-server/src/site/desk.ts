import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Hono } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import { respond, staticAnswer } from './static-answer.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

const POLICY = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  // The recording of a dispatch may stand elsewhere.
  "media-src 'self' https: http:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const NOT_BUILT = 'The desk is not built yet. In the repository run: npm run build\nThen load this page again.\n'

/** The built web app at `/desk/`; a path without an extension is one of its pages. */
export const createDesk = (folder: string): Hono => {
  const app = new Hono()
  app.get('/desk', (context) => context.redirect('/desk/', 308))
  app.get('/desk/*', async (context) => {
    const path = context.req.path.slice('/desk/'.length)
    const file = extname(path) === '' ? 'index.html' : path
    const coded = await readCoded(folder, file, context.req.header('accept-encoding') ?? '')
    if (coded === null)
      return file === 'index.html' ? context.text(NOT_BUILT, 503) : context.text('There is no such file.\n', 404)
    // Vite puts a hash of the content in the names below assets/.
    const caching = path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    return respond(staticAnswer(coded.bytes, type), context.req.header('if-none-match'), {
      'cache-control': caching,
      'content-security-policy': POLICY,
      vary: 'accept-encoding',
      ...(coded.encoding === null ? {} : { 'content-encoding': coded.encoding }),
    })
  })
  return app
}

/** Copies that the build laid beside the file, best first. */
const ENCODINGS = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
]

type Coded = { readonly bytes: Uint8Array; readonly encoding: string | null }

/** A file, compressed where there is such a copy of it and the caller takes it. */
const readCoded = async (folder: string, file: string, acceptEncoding: string): Promise<Coded | null> => {
  const taken = new Set(parseAccept(acceptEncoding).flatMap(({ type, q }) => (q > 0 ? [type] : [])))
  for (const { encoding, suffix } of ENCODINGS) {
    const bytes = taken.has(encoding) ? await readInside(folder, file + suffix) : null
    if (bytes !== null) return { bytes, encoding }
  }
  const bytes = await readInside(folder, file)
  return bytes === null ? null : { bytes, encoding: null }
}

const readInside = async (folder: string, path: string): Promise<Uint8Array | null> => {
  const steps = path.split('/')
  if (steps.some((step) => step === '' || step.startsWith('.') || /[\\\0%]/.test(step))) return null
  return readFile(join(folder, ...steps)).catch(() => null)
}
