import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { audioAddress } from '@stet/schema/audio'
import { AUDIO_UPLOAD, UploadQuery } from '@stet/schema/contract/audio'
import { may } from '@stet/schema/contract/people'
import { problemsOf } from '@stet/schema/finding'
import { type Context, Hono } from 'hono'
import parseRange from 'range-parser'
import type { Access, Identity } from '../access/access.ts'
import { problemResponse, type Refused, refused } from '../http/problem.ts'
import type { Revisions } from '../revisions/revisions.ts'
import { barUpload } from '../uploads/bar-upload.ts'
import type { AudioStore, Received, StoredAudio } from './audio-store.ts'

type Needs = {
  readonly audio: AudioStore
  readonly access: Pick<Access, 'identify'>
  readonly revisions: Pick<Revisions, 'showsAudio'>
  readonly siteUrl: () => string
  readonly maxBytes: number
}

/** How many recordings may come in at once. */
const MAX_UPLOADS = 4

/** Recordings: in by `/api/audio`, out by `/audio/<hash>`. What is not published is only for who may read drafts. */
export const createAudioRoutes = (needs: Needs): Hono => {
  const { audio, access, revisions, siteUrl, maxBytes } = needs
  const app = new Hono()
  let uploads = 0

  const callerOf = (context: Context): Promise<Identity | null> =>
    access.identify({
      cookie: context.req.header('cookie') ?? null,
      authorization: context.req.header('authorization') ?? null,
    })

  app.post(AUDIO_UPLOAD, async (context) => {
    const query = UploadQuery.safeParse(context.req.query())
    if (!query.success) return problemResponse(refused(400, 'The address asks for what is not there', problemsOf(query.error)))
    const barred =
      (await barUpload(context, { access, siteUrl, action: 'write' })) ??
      (Number(context.req.header('content-length') ?? 0) > maxBytes ? tooLarge(maxBytes) : null) ??
      (uploads >= MAX_UPLOADS ? refused(429, 'Several recordings are on their way already; try again when they are here') : null)
    const body = context.req.raw.body
    if (barred !== null || body === null) return problemResponse(barred ?? NO_AUDIO)
    uploads += 1
    const received = await audio
      .receive(Readable.fromWeb(body as NodeReadableStream), query.data.name)
      .finally(() => (uploads -= 1))
    return received.ok
      ? Response.json(received.audio, {
          status: 201,
          headers: { 'cache-control': 'no-store', location: audioAddress(received.audio) },
        })
      : problemResponse(refusalOf(received.fault, maxBytes))
  })

  app.get('/audio/:file', async (context) => {
    const file = context.req.param('file')
    const stored = audio.find(file)
    const isPublic = stored !== null && revisions.showsAudio(file.slice(0, 64))
    const caller = isPublic ? null : await callerOf(context)
    if (stored === null || !(isPublic || (caller !== null && may(caller.person, 'read'))))
      return problemResponse(refused(404, 'There is no such recording'))
    return audioAnswer(context, stored, {
      ...HEADERS,
      'content-type': stored.type,
      etag: `"${file.slice(0, 64)}"`,
      ...(isPublic ? PUBLIC : { 'cache-control': 'private, no-cache' }),
    })
  })
  return app
}

const HEADERS = {
  'accept-ranges': 'bytes',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; media-src 'self'",
}
/** Players on other sites read it too. */
const PUBLIC = { 'cache-control': 'public, max-age=31536000, immutable', 'access-control-allow-origin': '*' }

const audioAnswer = (context: Context, stored: StoredAudio, headers: Readonly<Record<string, string>>): Response => {
  const { req } = context
  if (req.header('if-none-match')?.includes(headers['etag'] ?? '')) return new Response(null, { status: 304, headers })
  const isHead = req.raw.method === 'HEAD'
  const ifRange = req.header('if-range')
  const wanted = ifRange === undefined || ifRange === headers['etag'] ? req.header('range') : undefined
  const ranges = wanted === undefined ? -2 : parseRange(stored.bytes, wanted, { combine: true })
  if (ranges === -1)
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${stored.bytes}` } })
  // Several ranges at once no player asks for; the whole is a right answer to them.
  const [range] = ranges !== -2 && ranges.type === 'bytes' && ranges.length === 1 ? ranges : []
  const { start, end } = range ?? { start: 0, end: stored.bytes - 1 }
  return new Response(isHead ? null : bytesOf(stored, start, end), {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headers,
      'content-length': String(end - start + 1),
      ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${stored.bytes}` }),
    },
  })
}

const bytesOf = ({ path }: StoredAudio, start: number, end: number): BodyInit =>
  Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream<Uint8Array<ArrayBuffer>>

const refusalOf = (fault: Exclude<Received, { ok: true }>['fault'], maxBytes: number): Refused => {
  if (fault === 'too large') return tooLarge(maxBytes)
  if (fault === 'full') return refused(507, 'The server has no space left for this recording; nothing of it was kept')
  return fault === 'cut' ? refused(400, 'It did not arrive whole; nothing of it was kept. Send it again') : NO_AUDIO
}

const tooLarge = (maxBytes: number): Refused =>
  refused(
    413,
    `A recording may have at most ${Math.floor(maxBytes / 1024 ** 2)} MiB; save it as MP3, or give its address elsewhere`,
  )

const NO_AUDIO = refused(415, 'This is no recording that players play; send MP3, M4A, Ogg, FLAC or WAV')
