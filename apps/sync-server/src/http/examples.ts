import type { RouteName, routes } from '@stet/schema/contract/routes'
import type { DispatchId } from '@stet/schema/ids'
import { newShow } from '@stet/schema/show'
import { type Content, LAYOUT_VERSION, type Snapshot } from '@stet/schema/snapshot'
import type { z } from 'zod'
import { peopleExamples } from './people-examples.ts'

type Of<N extends RouteName, K extends 'params' | 'query' | 'body'> =
  (typeof routes)[N] extends Record<K, infer S extends z.ZodType> ? { readonly [key in K]: z.input<S> } : unknown
type Example<N extends RouteName> = Of<N, 'params'> &
  Of<N, 'query'> &
  Of<N, 'body'> & { readonly answer: z.output<(typeof routes)[N]['answer']> }

const id = '4QhW0cXk2mVbN8sT1yPz7e' as DispatchId
const lineage = 'qk3WmT0yB1xZ7aVnC4dLpg'
const sha256 = '9f2c1a7be04d5c38e6b1f00d7a94c2538fd0e6ab51c7f93b2d84a60e17c5f3d9'
const earlier = '0b7e4c92d1f85a36c07de2b94f1836ad5ce09b7f42a1d86e53fc0792b6ad418e'
const at = '2026-01-31T10:00:00.000Z'
const site = { name: 'Lantern Radio', url: 'https://show.example' }
const show = newShow('Lantern Radio')
const artwork = { sha256: earlier, type: 'image/jpeg', pixels: 3_000, small: sha256, bytes: 412_088, name: 'cover.jpg' } as const
const ada = { id: 'person-3kTtMa9Y0fWcD1xq7Zb2Lp', name: 'Ada', color: 1, role: 'owner' } as const
const author = { id: ada.id, name: ada.name }
const turn: Content['body'][number] = {
  kind: 'turn',
  id: 't1',
  speaker: 'ada',
  start: 0,
  content: [{ type: 'text', text: 'The tide table was wrong by an hour.' }],
}
const content: Content = {
  kind: 'dispatch',
  number: 8,
  date: '2026-01-31',
  language: 'en',
  title: 'The Tide Table',
  byline: null,
  quote: { text: 'Wrong by an hour, for ninety years.', name: 'Ada', role: 'co-host' },
  summary: 'Who noticed, and what it cost.',
  topics: ['tides', 'almanacs'],
  speakers: [{ id: 'ada', name: 'ada', color: 1 }],
  sources: [
    {
      id: 's1',
      title: 'Tide tables for the western harbours',
      kind: 'Book',
      tier: 'primary',
      publisher: 'Harbour Board',
      description: 'the edition of 1921',
      claim: 'High water is given an hour late.',
      url: 'https://harbour.example/tables/1921',
      urlIncomplete: false,
      citedText: 'High water at the western pier, 4 h 12 min.',
      context: 'From the first page.',
      keyPoints: ['It was copied unchanged until 2011.'],
    },
  ],
  body: [turn],
}
const snapshot: Snapshot = { layout: LAYOUT_VERSION, id, ...content }
const facts = {
  dispatch: id,
  revision: 2,
  sha256,
  publishedAt: at,
  publishedBy: 'Ada',
  path: '/dispatches/008/',
  title: content.title,
  correction: { wrong: 'For eighty years.', stands: 'For ninety years.' },
}
const firstFacts = { ...facts, revision: 1, sha256: earlier, publishedAt: '2026-01-30T10:00:00.000Z', correction: null }
const asked = { step: 'asked', sha256, by: 'Ada', at, note: 'Please look at the dates.' } as const
const approved = { step: 'approved', sha256, by: 'Bo', at: '2026-01-31T11:00:00.000Z', note: '' } as const
const moment = { id: 'm1', seq: 1_042, at, name: 'As read on air', by: author, namedAt: '2026-01-31T12:00:00.000Z' }
const webhook = {
  id: 'wh_7Zb2Lp3kTtMa9Y',
  url: 'https://bot.example/hook',
  state: 'active',
  madeAt: at,
  formerSecretUntil: null,
} as const
const oneWebhook = { id: webhook.id }
const secret = 'whsec_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA='
const delivery = {
  message: 'msg_3kTtMa9Y0fWcD1xq7Zb2Lp',
  type: 'dispatch.published',
  title: content.title,
  at,
  state: 'delivered',
  attempts: 1,
  triedAt: '2026-01-31T10:00:01.000Z',
  answer: 'HTTP 204',
  nextAt: null,
} as const
const waiting = { ...delivery, state: 'waiting', attempts: 0, triedAt: null, answer: null, nextAt: at } as const

/** One request and its answer for each route: a missing one does not compile. */
export const examples: { readonly [N in RouteName]: Example<N> } = {
  getSession: { answer: { person: ada, site, show } },
  signOut: { answer: undefined },
  ...peopleExamples,
  listDispatches: {
    answer: {
      dispatches: [
        {
          id,
          kind: 'dispatch',
          number: 8,
          date: '2026-01-31',
          title: content.title,
          speech: [{ name: 'ada', characters: 4_211, seconds: 260 }],
          lineage,
          epoch: lineage,
          revision: 2,
          stage: 'published',
          updatedAt: at,
        },
      ],
    },
  },
  createDispatch: { body: { id, content: content }, answer: { id } },
  getSnapshot: { params: { id }, answer: snapshot },
  getStatus: { params: { id }, answer: { stage: 'approved', sha256, fellAt: null, steps: [asked, approved] } },
  askForReview: {
    params: { id },
    body: { note: asked.note },
    answer: { stage: 'in review', sha256, fellAt: null, steps: [asked] },
  },
  approve: {
    params: { id },
    body: { sha256 },
    answer: { stage: 'approved', sha256, fellAt: null, steps: [asked, approved] },
  },
  returnToDraft: {
    params: { id },
    body: { note: 'The second date is wrong.' },
    answer: {
      stage: 'draft',
      sha256,
      fellAt: null,
      steps: [asked, { ...approved, step: 'returned', note: 'The second date is wrong.' }],
    },
  },
  publish: {
    params: { id },
    body: { sha256, revision: 2, correction: facts.correction },
    answer: {
      revision: facts,
      findings: [{ check: 'uncited-source', level: 'warning', path: ['sources', 0], message: 'nothing rests on this source' }],
    },
  },
  previewRevision: {
    params: { id },
    query: { number: 8 },
    answer: {
      sha256,
      revision: 2,
      path: facts.path,
      number: 8,
      date: content.date,
      stage: 'approved',
      problems: [],
      findings: [],
      pages: [{ path: facts.path, is: 'changed' }],
      changes: { fields: [{ field: 'title', before: 'The Tide Book', after: content.title }], blocks: [], sources: [] },
    },
  },
  withdraw: {
    params: { id },
    body: { reason: 'The log was forged.', revision: 2 },
    answer: { revision: facts, withdrawal: { reason: 'The log was forged.', at, by: 'Ada' } },
  },
  listRevisions: { params: { id }, answer: { revisions: [firstFacts, facts] } },
  getRevision: {
    params: { id, revision: 2 },
    answer: {
      ...facts,
      earlier: [{ revision: 1, publishedAt: firstFacts.publishedAt, correction: null }],
      snapshot,
    },
  },
  getHistory: {
    params: { id },
    query: { before: 900 },
    answer: {
      seq: 1_042,
      sessions: [{ from: 700, to: 899, begunAt: at, endedAt: at, author, written: 812, erased: 40 }],
      before: 700,
      moments: [moment],
    },
  },
  getMoment: { params: { id, seq: 899 }, answer: { seq: 899, at, snapshot } },
  getDiff: {
    params: { id },
    query: { from: 700, to: 899 },
    answer: {
      from: 700,
      to: 899,
      fields: [{ field: 'title', before: 'The Tide Book', after: content.title, authors: [author] }],
      blocks: [],
      sources: [],
    },
  },
  nameMoment: { params: { id }, body: { name: moment.name, seq: moment.seq }, answer: moment },
  forgetMoment: { params: { id, moment: moment.id }, answer: undefined },
  getShow: { answer: { show, number: 3 } },
  changeShow: { body: { show, seen: 3 }, answer: { show, number: 4 } },
  getArtwork: { answer: { artwork } },
  removeArtwork: { answer: { artwork: null } },
  listPublished: { answer: { site, published: [facts], withdrawn: [] } },
  listWebhooks: { answer: { webhooks: [webhook] } },
  createWebhook: { body: { url: webhook.url }, answer: { webhook, secret } },
  getWebhook: { params: oneWebhook, answer: webhook },
  changeWebhook: { params: oneWebhook, body: { state: 'off' }, answer: { ...webhook, state: 'off' } },
  deleteWebhook: { params: oneWebhook, answer: undefined },
  rotateSecret: {
    params: oneWebhook,
    answer: { webhook: { ...webhook, formerSecretUntil: '2026-02-01T10:00:00.000Z' }, secret },
  },
  pingWebhook: { params: oneWebhook, answer: { ...waiting, type: 'webhook.ping', title: null } },
  listDeliveries: { params: oneWebhook, answer: { deliveries: [delivery] } },
  deliverAgain: { params: { ...oneWebhook, message: delivery.message }, answer: waiting },
}
