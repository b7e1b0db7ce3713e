import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestNotes } from '../http/request-log.ts'
import { codingFor, isKnown } from './page-answer.ts'
import type { PublicSite } from './site.ts'

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * Answers at once what lies ready, as bytes from memory, and hands everything else on: pages are read far more often than they are
 * made, and a reader is to cost no more than a file would.
 */
export const siteFront =
  ({ ready }: Pick<PublicSite, 'ready'>, notes: RequestNotes, next: Listener): Listener =>
  (request, response) => {
    const { method, url = '/', headers } = request
    const page = method === 'GET' || method === 'HEAD' ? ready(pathOf(url)) : null
    if (page === null) return next(request, response)
    const note = notes.begin(headers[notes.header])
    const sent = page.by(codingFor(headers['accept-encoding']))
    const status = page.status === 200 && isKnown(sent.etag, headers['if-none-match']) ? 304 : page.status
    const own = { ...(status === 304 ? sent.headersAlone : sent.headers), [notes.header]: note.requestId }
    response.writeHead(status, own).end(status === 304 || method === 'HEAD' ? undefined : sent.bytes)
    note.answered({ method: method ?? 'GET', path: pathOf(url), route: 'site', status })
  }

const pathOf = (url: string): string => {
  const query = url.indexOf('?')
  return query < 0 ? url : url.slice(0, query)
}
