import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { ARTWORK_PATH, ARTWORK_PIXELS, artworkPath } from '@stet/schema/artwork'
import { ARTWORK_UPLOAD, ArtworkQuery } from '@stet/schema/contract/artwork'
import { problemsOf } from '@stet/schema/finding'
import { type Context, Hono } from 'hono'
import type { Access } from '../access/access.ts'
import { problemResponse, type Refused, refused } from '../http/problem.ts'
import { barUpload } from '../uploads/bar-upload.ts'
import type { ArtworkStore, ReceivedArtwork, StoredFile } from './artwork-store.ts'

type Needs = {
  readonly artwork: ArtworkStore
  readonly access: Pick<Access, 'identify'>
  readonly siteUrl: () => string
  readonly maxBytes: number
  readonly onShowChanged: () => void
}

/** The artwork: in by a POST to `/api/artwork`, out by `/artwork/<hash>`. It stands from the moment it has come, for everyone. */
export const createArtworkRoutes = ({ artwork, access, siteUrl, maxBytes, onShowChanged }: Needs): Hono => {
  const app = new Hono()
  let isReceiving = false

  app.post(ARTWORK_UPLOAD, async (context) => {
    const query = ArtworkQuery.safeParse(context.req.query())
    if (!query.success) return problemResponse(refused(400, 'The address asks for what is not there', problemsOf(query.error)))
    const barred =
      (await barUpload(context, { access, siteUrl, action: 'configure' })) ??
      (Number(context.req.header('content-length') ?? 0) > maxBytes ? tooLarge(maxBytes) : null) ??
      (isReceiving ? refused(429, 'Another picture is on its way already; try again when it is here') : null)
    const body = context.req.raw.body
    if (barred !== null || body === null) return problemResponse(barred ?? NO_PICTURE)
    isReceiving = true
    const received = await artwork.receive(Readable.fromWeb(body as NodeReadableStream), query.data.name).finally(() => {
      isReceiving = false
    })
    if (!received.ok) return problemResponse(refusalOf(received.fault, maxBytes))
    onShowChanged()
    return Response.json(
      { artwork: received.artwork },
      { status: 201, headers: { 'cache-control': 'no-store', location: artworkPath(received.artwork) } },
    )
  })

  app.get(`${ARTWORK_PATH}:file`, (context) => {
    const stored = artwork.find(context.req.param('file'))
    return stored === null ? problemResponse(refused(404, 'There is no such picture')) : answerOf(context, stored)
  })
  return app
}

const answerOf = ({ req }: Context, { path, bytes, type, sha256 }: StoredFile): Response => {
  const etag = `"${sha256}"`
  const headers = {
    etag,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    // Players on other sites show it too.
    'access-control-allow-origin': '*',
  }
  if (req.header('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers })
  const body =
    req.raw.method === 'HEAD' ? null : (Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array<ArrayBuffer>>)
  return new Response(body, { headers: { ...headers, 'content-type': type, 'content-length': String(bytes) } })
}

const refusalOf = (fault: Exclude<ReceivedArtwork, { ok: true }>['fault'], maxBytes: number): Refused => {
  switch (fault.kind) {
    case 'too large':
      return tooLarge(maxBytes)
    case 'full':
      return refused(507, 'The server has no space left for this picture; what stood before still stands')
    case 'cut':
      return refused(400, 'It did not arrive whole; what stood before still stands. Send it again')
    case 'no picture':
      return NO_PICTURE
    case 'broken':
      return refused(422, 'Nothing of this picture can be shown; save it again, as PNG or JPEG')
    case 'wrong shape':
      return refused(422, `Found ${found(fault)}; ${WANTED}`)
  }
}

const WANTED = `wanted a square of ${ARTWORK_PIXELS.least} to ${ARTWORK_PIXELS.most} pixels, as directories of podcasts take it`

const found = ({ width, height }: { readonly width: number; readonly height: number }): string =>
  `${width} by ${height} pixels${width === height ? '' : ', which is not square'}`

const tooLarge = (maxBytes: number): Refused =>
  refused(413, `Artwork may have at most ${Math.floor(maxBytes / 1024 ** 2)} MiB; save it as JPEG`)

const NO_PICTURE = refused(415, 'This is neither PNG nor JPEG, whatever it is called; send one of them')
