import { createHash } from 'node:crypto'

export type StaticAnswer = { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string; readonly etag: string }

export const staticAnswer = (content: string | Uint8Array, type: string): StaticAnswer => {
  const bytes = Uint8Array.from(typeof content === 'string' ? Buffer.from(content) : content)
  return { bytes, type, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"` }
}

/** 304 when the caller has it already. */
export const respond = (
  answer: StaticAnswer,
  ifNoneMatch: string | undefined,
  headers: Record<string, string>,
  status = 200,
): Response => {
  const all = {
    etag: answer.etag,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    ...headers,
  }
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (status === 200 && known.includes(answer.etag)) return new Response(null, { status: 304, headers: all })
  return new Response(answer.bytes, { status, headers: { ...all, 'content-type': answer.type } })
}
