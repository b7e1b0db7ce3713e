import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { may } from '@stet/schema/contract/people'
import { PROBLEM_MEDIA_TYPE } from '@stet/schema/contract/problem'
import { EPOCH_PARAM, HEARD_PARAM, type Heard, readHeard } from '@stet/schema/contract/sync'
import { DispatchId } from '@stet/schema/ids'
import type { Access, Identity } from '../access/access.ts'
import { isSameOrigin } from '../access/same-origin.ts'
import type { Room } from '../rooms/room.ts'
import type { Rooms } from '../rooms/rooms.ts'

export type Admission =
  | { ok: true; room: Room; identity: Identity; wantsEpoch: boolean; heard: Heard | null }
  | { ok: false; status: 401 | 403 | 404; title: string }

/** Decides before the handshake. What is absent and what one may not see look the same. */
export const admit = async (
  request: IncomingMessage,
  needs: { access: Access; rooms: Rooms; siteUrl: string },
): Promise<Admission> => {
  const { cookie, authorization, origin, host } = request.headers
  const absent = { ok: false, status: 404, title: 'There is no such dispatch' } as const
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const name = /^\/sync\/([^/?]+)$/.exec(path)?.[1]
  if (name === undefined) return absent
  const identity = await needs.access.identify({ cookie: cookie ?? null, authorization: authorization ?? null })
  if (identity === null) return { ok: false, status: 401, title: 'Sign in first, or send a token' }
  if (identity.via === 'cookie' && !isOurOrigin(origin ?? null, host ?? null, needs.siteUrl))
    return { ok: false, status: 403, title: 'This page may not open the desk’s socket' }
  const id = DispatchId.safeParse(name)
  if (!id.success || !may(identity.person, 'read')) return absent
  const room = await needs.rooms.open(id.data)
  if (room === null) return absent
  const asked = new URLSearchParams(query)
  return { ok: true, room, identity, wantsEpoch: asked.has(EPOCH_PARAM), heard: readHeard(asked.get(HEARD_PARAM)) }
}

/** Browsers ask no server before they open a socket with its cookies. A public address over HTTPS is matched as it stands. */
const isOurOrigin = (origin: string | null, host: string | null, siteUrl: string): boolean =>
  siteUrl.startsWith('https:') ? origin === siteUrl : isSameOrigin({ origin, host, fetchSite: null }, siteUrl, true)

export const answerUpgrade = (stream: Duplex, status: number, title: string): void => {
  const body = JSON.stringify({ type: 'about:blank', title, status })
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Error'}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  stream.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const REASONS: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}
