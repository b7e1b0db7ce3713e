import { createHash } from 'node:crypto'
import { pageScript } from '@stet/render/page-script'
import { pageStyle } from '@stet/render/page-style'
import { playerScript } from '@stet/render/player-script'
import { searchScript } from '@stet/render/search-script'
import { parseAccept } from 'hono/utils/accept'
import type { Coding } from './coded-bytes.ts'
import type { RenderedPage } from './rendered-page.ts'

/** One way to send a page: its headers and bytes, ready to be written. */
export type Sent = {
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
  /** For who has it already (304). */
  readonly headersAlone: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

/** A page, ready for each coding that a reader may take. */
export type PageAnswer = {
  readonly status: 200 | 404 | 410
  readonly by: (coding: Coding) => Sent
  /** Bytes in memory. */
  readonly size: number
}

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Only our own style and script, by their hashes. */
const POLICY = [
  "default-src 'none'",
  `style-src ${sourceOf(pageStyle)}`,
  `script-src ${[pageScript, playerScript, searchScript].map(sourceOf).join(' ')}`,
  // A recording may stand elsewhere.
  "media-src 'self' https: http:",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const ASK_EACH_TIME = 'no-cache'
/** What a revision says stays the same; a day and no longer, since it may be withdrawn. */
const KEEP = 'public, max-age=86400, immutable'

export const pageAnswer = (page: RenderedPage): PageAnswer => {
  const shared = {
    'cache-control': page.isLasting && page.status === 200 ? KEEP : ASK_EACH_TIME,
    'content-security-policy': POLICY,
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    ...(page.gzip === null ? {} : { vary: 'accept-encoding' }),
    ...(page.isOpen ? { 'access-control-allow-origin': '*' } : {}),
  }
  const sent = (coding: Coding, bytes: Uint8Array): Sent => {
    // A strong tag names bytes, so each coding has its own.
    const etag = coding === null ? `"${page.tag}"` : `"${page.tag}.${coding}"`
    const headersAlone = { ...shared, etag }
    const headers = {
      ...headersAlone,
      'content-type': page.mediaType,
      'content-length': String(bytes.length),
      ...(coding === null ? {} : { 'content-encoding': coding }),
    }
    return { etag, bytes, headers, headersAlone }
  }
  const plain = sent(null, page.plain)
  const byCoding = {
    br: page.br === null ? null : sent('br', page.br),
    gzip: page.gzip === null ? null : sent('gzip', page.gzip),
  }
  return {
    status: page.status,
    by: (coding) => (coding === null ? plain : (byCoding[coding] ?? byCoding.gzip ?? plain)),
    size: page.plain.length + (page.br?.length ?? 0) + (page.gzip?.length ?? 0),
  }
}

/** The best coding that the caller takes. */
export const codingFor = (acceptEncoding: string | undefined): Coding => {
  if (acceptEncoding === undefined) return null
  const taken = new Map(parseAccept(acceptEncoding).map(({ type, q }) => [type, q]))
  const takes = (coding: string) => (taken.get(coding) ?? taken.get('*') ?? 0) > 0
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}

/** Whether the caller has these bytes already. */
export const isKnown = (etag: string, ifNoneMatch: string | undefined): boolean =>
  (ifNoneMatch ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
