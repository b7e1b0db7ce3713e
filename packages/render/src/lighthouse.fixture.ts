import type { Published, Site } from '@stet/schema/revision'
import { emptyContent, type Snapshot, type Source } from '@stet/schema/snapshot'

/** A dispatch and an essay of our own, with every mark and every kind of block; names and addresses are made up. */
export const site: Site = { name: 'Lantern Radio', url: 'https://lantern.example' }

const id = 'LighthouseDispatch0001' as Snapshot['id']

const source = (fields: Partial<Source> & { id: string }): Source => ({
  title: '',
  kind: '',
  tier: null,
  publisher: '',
  description: '',
  claim: '',
  url: '',
  urlIncomplete: false,
  citedText: '',
  context: '',
  keyPoints: [],
  ...fields,
})

export const lighthouse: Snapshot = {
  ...emptyContent('dispatch'),
  layout: 1,
  id,
  number: 14,
  date: '2026-04-11',
  title: 'The Light That Was Switched Off Twice',
  quote: { text: 'Nobody signs for the dark.', name: 'Ines Vale', role: 'keeper' },
  summary: 'A light went out.\nTwo ledgers say when.',
  topics: ['Lighthouses', 'Ledgers & logs'],
  speakers: [
    { id: 'p1', name: 'ines', color: 1 },
    { id: 'p2', name: 'Old Tom', color: 2 },
  ],
  sources: [
    source({
      id: 's1',
      title: 'The first ledger',
      kind: 'Article',
      tier: 'primary',
      publisher: 'Coast Board / Ines Vale',
      description: 'A scan.',
      claim: 'The light went out at nine.',
      url: 'https://coast.example/ledger?page=1',
      citedText: 'Out at 21:00.',
      context: 'Kept by hand.',
      keyPoints: ['Nine sharp.', 'No reason given.'],
    }),
    source({
      id: 's2',
      title: 'The second ledger',
      url: 'https://coast.example/a-very-long-name-of-a-ledg…',
      urlIncomplete: true,
    }),
    source({ id: 's3', title: 'A letter', url: 'javascript:alert(1)' }),
  ],
  body: [
    { kind: 'chapter', id: 'c1', start: 0, content: [{ type: 'text', text: 'Cold open' }] },
    {
      kind: 'turn',
      id: 't1',
      speaker: 'p1',
      start: 0,
      content: [
        { type: 'cue', cue: 'sighs' },
        { type: 'text', text: ' It went out ' },
        { type: 'text', text: 'at nine', marks: { cites: ['s1'] } },
        { type: 'text', text: ' sharp', marks: { strong: true, cites: ['s2', 's1'] } },
        { type: 'text', text: ', they say.' },
      ],
    },
    {
      kind: 'turn',
      id: 't2',
      speaker: 'p2',
      start: 192,
      content: [
        { type: 'text', text: 'Read ' },
        { type: 'text', text: 'the log', marks: { link: 'https://coast.example/log', em: true } },
        { type: 'text', text: ' with ' },
        { type: 'text', text: 'grep', marks: { code: true, link: 'javascript:alert(1)' } },
        { type: 'text', text: '.' },
      ],
    },
    {
      kind: 'turn',
      id: 't3',
      speaker: 'p1',
      start: 192,
      content: [{ type: 'text', text: 'At the same time.', marks: { cites: ['s1'] } }],
    },
    { kind: 'turn', id: 't4', speaker: 'p2', start: null, content: [{ type: 'text', text: 'And later.' }] },
    { kind: 'turn', id: 't5', speaker: null, start: null, content: [] },
  ],
}

export const essay: Snapshot = {
  ...emptyContent('essay'),
  layout: 1,
  id,
  title: 'On Switching Off',
  byline: { role: 'Night editor', handle: '@ines' },
  sources: [source({ id: 's1', title: 'Coast Board', description: 'annual report' }), source({ id: 's2', title: 'A letter' })],
  body: [
    { kind: 'heading', id: 'h1', level: 2, content: [{ type: 'text', text: 'The Switch' }] },
    { kind: 'paragraph', id: 'g1', content: [{ type: 'text', text: 'It has two positions.', marks: { cites: ['s2'] } }] },
    {
      kind: 'bullet',
      id: 'g2',
      content: [
        { type: 'text', text: 'On, which' },
        { type: 'text', text: '\nis reflexive' },
      ],
    },
    { kind: 'bullet', id: 'g3', content: [{ type: 'text', text: 'Off.' }] },
    { kind: 'quote', id: 'g4', content: [{ type: 'text', text: 'Leave it.' }] },
    { kind: 'heading', id: 'h2', level: 3, content: [{ type: 'text', text: 'The Dark' }] },
    { kind: 'paragraph', id: 'g5', content: [{ type: 'text', text: 'It has none.' }] },
  ],
}

export const factsOf = (snapshot: Snapshot, fields: Partial<Published> = {}): Published => ({
  dispatch: snapshot.id,
  revision: 1,
  sha256: 'ab'.repeat(32),
  publishedAt: '2026-04-12T08:30:00Z',
  publishedBy: 'ines',
  path: '/dispatches/014/',
  title: snapshot.title,
  correction: null,
  earlier: [],
  ...fields,
})
