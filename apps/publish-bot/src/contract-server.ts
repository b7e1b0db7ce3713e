import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { snapshotSha256 } from '@stet/render/json'
import { titleSlug } from '@stet/schema/address'
import type { Route } from '@stet/schema/contract/api'
import { PROBLEM_MEDIA_TYPE, type ProblemDetails } from '@stet/schema/contract/problem'
import { type RouteName, routes } from '@stet/schema/contract/routes'
import { diffSnapshots } from '@stet/schema/diff-snapshots'
import { problemsOf } from '@stet/schema/finding'
import { type DispatchId, newDispatchId } from '@stet/schema/ids'
import type { PublishRequest } from '@stet/schema/publishing'
import { publishingProblems } from '@stet/schema/readiness'
import type { Correction, Revision, Withdrawal } from '@stet/schema/revision'
import { type Content, emptyContent, LAYOUT_VERSION, type Snapshot } from '@stet/schema/snapshot'
import { formatNumber } from '@stet/schema/timeline'

/** For tests: a server of the contract, in memory, that answers what the routes table says and nothing else. */
export type ContractServer = {
  readonly origin: string
  readonly dispatches: Map<DispatchId, { content: Content; revisions: Revision[]; withdrawal?: Withdrawal }>
  /** What stands at `/audio/…`, in pieces; after one that is null the connection breaks off. */
  readonly recordings: Map<string, Iterable<Uint8Array | null>>
  /** The addresses of recordings that were asked for. */
  readonly heard: string[]
  add: (content: Content) => DispatchId
  publish: (id: DispatchId, correction?: Correction | null) => Revision
  /** Runs before a request is answered; a promise that never settles is a server that stalls. */
  onRequest: (name: RouteName, params: Record<string, unknown>) => Promise<void> | void
  close: () => Promise<void>
}

export const GOOD_TOKEN = 'stet_good-token'
const SITE = { name: 'The Test Show', url: 'https://show.example' }
const FINDING = { check: 'uncited-source', level: 'warning', path: ['sources', 0], message: 'nobody cites it' }
const TIME = '2026-01-02T03:04:05.000Z'

class Refusal extends Error {
  readonly problem: ProblemDetails
  constructor(status: number, title: string, problems?: ProblemDetails['problems']) {
    super(title)
    this.problem = { type: 'about:blank', title, status, ...(problems === undefined ? {} : { problems }) }
  }
}

export const openContractServer = async (): Promise<ContractServer> => {
  const dispatches: ContractServer['dispatches'] = new Map()

  const standing = (id: unknown) => {
    const dispatch = dispatches.get(id as DispatchId)
    if (dispatch === undefined) throw new Refusal(404, 'No such dispatch')
    return dispatch
  }
  const snapshotOf = (id: DispatchId): Snapshot => ({ layout: LAYOUT_VERSION, id, ...standing(id).content })

  const publish = (id: DispatchId, correction: Correction | null = null): Revision => {
    const snapshot = snapshotOf(id)
    const problems = publishingProblems(snapshot)
    if (problems.length > 0) throw new Refusal(422, 'Not ready to be published', problems)
    const { revisions } = standing(id)
    const revision: Revision = {
      dispatch: id,
      revision: revisions.length + 1,
      sha256: snapshotSha256(snapshot),
      publishedAt: TIME,
      publishedBy: 'Tester',
      path: pathOf(snapshot),
      title: snapshot.title,
      correction: revisions.length === 0 ? null : correction,
      earlier: revisions.map(({ revision, publishedAt, correction }) => ({ revision, publishedAt, correction })),
      snapshot,
    }
    revisions.push(revision)
    return revision
  }

  const add = (content: Content): DispatchId => {
    const id = newDispatchId()
    dispatches.set(id, { content, revisions: [] })
    return id
  }

  const answers: Partial<Record<RouteName, (call: { params: Record<string, unknown>; body: unknown }) => unknown>> = {
    listDispatches: () => ({
      dispatches: [...dispatches].map(([id, { content, revisions, withdrawal }]) => ({
        id,
        kind: content.kind,
        number: content.number,
        date: content.date,
        title: content.title,
        revision: withdrawal === undefined ? (revisions.at(-1)?.revision ?? null) : null,
        stage: withdrawal === undefined ? 'draft' : 'withdrawn',
        updatedAt: TIME,
      })),
    }),
    createDispatch: ({ body }) => ({ id: add((body as { content?: Content }).content ?? emptyContent('dispatch')) }),
    getSnapshot: ({ params }) => snapshotOf(params['id'] as DispatchId),
    previewRevision: ({ params }) => {
      const id = params['id'] as DispatchId
      const snapshot = snapshotOf(id)
      const { revisions } = standing(id)
      const problems = publishingProblems(snapshot)
      const last = revisions.at(-1)
      return {
        sha256: snapshotSha256(snapshot),
        revision: revisions.length + 1,
        path: pathOf(snapshot),
        number: snapshot.number,
        date: snapshot.date,
        stage: 'draft',
        problems,
        findings: [FINDING],
        pages: [{ path: pathOf(snapshot), is: last === undefined ? 'new' : 'changed' }],
        changes: last === undefined ? null : diffSnapshots(last.snapshot, snapshot),
      }
    },
    publish: ({ params, body }) => ({
      revision: factsOf(publish(params['id'] as DispatchId, (body as PublishRequest).correction)),
      findings: [FINDING],
    }),
    withdraw: ({ params, body }) => {
      const dispatch = standing(params['id'])
      const [revision] = dispatch.revisions.slice(-1)
      if (revision === undefined) throw new Refusal(409, 'It is not published')
      dispatch.withdrawal ??= { reason: (body as { reason: string }).reason, at: TIME, by: 'Tester' }
      return { revision: factsOf(revision), withdrawal: dispatch.withdrawal }
    },
    listRevisions: ({ params }) => ({ revisions: standing(params['id']).revisions.map(factsOf) }),
    getRevision: ({ params }) => {
      const revision = standing(params['id']).revisions.find((each) => each.revision === params['revision'])
      if (revision === undefined) throw new Refusal(404, 'No such revision')
      return revision
    },
    listPublished: () => ({
      site: SITE,
      published: [...dispatches.values()].flatMap(({ revisions, withdrawal }) =>
        withdrawal === undefined ? revisions.slice(-1).map(factsOf) : [],
      ),
      withdrawn: [...dispatches.values()].flatMap(({ revisions, withdrawal }) =>
        withdrawal === undefined ? [] : revisions.slice(-1).map((newest) => ({ revision: factsOf(newest), withdrawal })),
      ),
    }),
  }

  const answer = async (request: IncomingMessage): Promise<{ status: number; value: unknown }> => {
    const found = findRoute(request)
    if (found === null) throw new Refusal(404, 'No such route')
    const [name, given] = found
    const route: Route = routes[name]
    if (route.access !== 'public' && request.headers.authorization !== `Bearer ${GOOD_TOKEN}`) throw new Refusal(401, 'Sign in')
    const params = route.params?.safeParse(given) ?? { success: true, data: {} }
    const body = route.body?.safeParse(JSON.parse(await textOf(request))) ?? { success: true, data: undefined }
    for (const part of [params, body])
      if ('error' in part && part.error) throw new Refusal(422, 'Not valid', problemsOf(part.error))
    await server.onRequest(name, params.data as Record<string, unknown>)
    const value = answers[name]?.({ params: params.data as Record<string, unknown>, body: body.data })
    return { status: route.status, value }
  }

  const play = async ({ url = '', headers }: IncomingMessage, response: ServerResponse) => {
    server.heard.push(url)
    const pieces = headers.authorization === `Bearer ${GOOD_TOKEN}` ? server.recordings.get(url) : undefined
    response.writeHead(pieces === undefined ? 404 : 200, { 'content-type': 'audio/wav' })
    for (const piece of pieces ?? []) {
      if (piece === null || response.destroyed) return response.destroy()
      await new Promise((resolve) => response.write(piece, resolve))
    }
    return response.end()
  }

  const http = createServer(async (request, response) => {
    try {
      if (request.url?.startsWith('/audio/')) return void (await play(request, response))
      const { status, value } = await answer(request)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      response.writeHead(error.problem.status, { 'content-type': PROBLEM_MEDIA_TYPE }).end(JSON.stringify(error.problem))
    }
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))

  const server: ContractServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    dispatches,
    recordings: new Map(),
    heard: [],
    add,
    publish,
    onRequest: () => {},
    close: () => {
      http.closeAllConnections()
      return new Promise((resolve) => http.close(() => resolve()))
    },
  }
  return server
}

const pathOf = ({ kind, number, title }: Snapshot): string =>
  kind === 'dispatch' ? `/dispatches/${formatNumber(number ?? 0)}/` : `/essays/${titleSlug(title)}/`

const factsOf = ({ snapshot: _, earlier: __, ...facts }: Revision) => facts

const findRoute = ({ method, url = '/' }: IncomingMessage): [RouteName, Record<string, string>] | null => {
  const { pathname } = new URL(url, 'http://local')
  for (const [name, route] of Object.entries(routes)) {
    const pattern = new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
    const match = route.method === method ? pattern.exec(pathname) : null
    if (match !== null) return [name as RouteName, { ...match.groups }]
  }
  return null
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
