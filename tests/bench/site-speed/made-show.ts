import { newDispatchId } from '@stet/schema/ids'
import { type Content, emptyContent } from '@stet/schema/snapshot'
import { dataFiles, prepareDataFolder } from '../../../apps/sync-server/src/data-folder.ts'
import { openDeskDatabase } from '../../../apps/sync-server/src/desk-database.ts'
import { createSqliteRevisions } from '../../../apps/sync-server/src/revisions/sqlite-revisions.ts'
import { createRandom } from '../../../apps/sync-server/src/sync/honest-replica.ts'

const WORDS =
  'the harbour tide a lamp that was lit before night came and nobody had written down who kept it while boats went out over grey water to count what the wind had left of the old pier'.split(
    ' ',
  )
const WORDS_A_TURN = 30
const WORDS_A_MINUTE = 150
const TURNS_A_CHAPTER = 25
const TURNS_A_CITATION = 6

/** A dispatch of so many minutes of talk between two, with chapters and sources; the same each time. */
export const madeDispatch = (number: number, minutes: number): Content => {
  const random = createRandom(number)
  const word = () => random.pick(WORDS)
  const sentence = (length: number) => {
    const text = Array.from({ length }, word).join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }
  const turns = Math.ceil((minutes * WORDS_A_MINUTE) / WORDS_A_TURN)
  const sources = Array.from({ length: Math.ceil(turns / TURNS_A_CITATION) }, (_, nth) => ({
    id: `s${nth}`,
    title: sentence(6),
    kind: 'Article',
    tier: 'primary' as const,
    publisher: `The ${word()} Post`,
    description: '',
    claim: sentence(12),
    url: `https://paper.example/${number}/${nth}`,
    urlIncomplete: false,
    citedText: sentence(40),
    context: '',
    keyPoints: [],
  }))
  const body: Content['body'] = Array.from({ length: turns }, (_, nth) => {
    const cites = nth % TURNS_A_CITATION === 0 ? { marks: { cites: [`s${nth / TURNS_A_CITATION}`] } } : {}
    const turn = {
      kind: 'turn' as const,
      id: `t${nth}`,
      speaker: nth % 2 === 0 ? 'ana' : 'ben',
      start: nth * 12,
      content: [
        { type: 'text' as const, text: sentence(WORDS_A_TURN / 2), ...cites },
        { type: 'text' as const, text: ` ${sentence(WORDS_A_TURN / 2)}` },
      ],
    }
    if (nth % TURNS_A_CHAPTER !== 0) return [turn]
    return [
      { kind: 'chapter' as const, id: `c${nth}`, start: nth * 12, content: [{ type: 'text' as const, text: sentence(4) }] },
      turn,
    ]
  }).flat()
  return {
    ...emptyContent('dispatch'),
    number,
    date: new Date(Date.UTC(2020, 0, 1 + number)).toISOString().slice(0, 10),
    title: sentence(5),
    summary: sentence(30),
    topics: [word(), word()],
    speakers: [
      { id: 'ana', name: 'ana', color: 1 },
      { id: 'ben', name: 'ben', color: 2 },
    ],
    sources,
    body,
  }
}

/** Lays so many published dispatches into a data folder; every tenth is corrected once. */
export const publishShow = (data: string, count: number, minutes: number): void => {
  prepareDataFolder(data)
  const db = openDeskDatabase(dataFiles(data).desk)
  const revisions = createSqliteRevisions(db, () => undefined)
  // One transaction: nobody waits for a disk here.
  db.transaction(() => {
    for (let number = 1; number <= count; number++) {
      const content = madeDispatch(number, minutes)
      const id = newDispatchId()
      const publish = (summary: string, revision: number) =>
        revisions.publish({
          snapshot: { layout: 1, id, ...content, summary },
          number: null,
          date: null,
          reserved: [],
          publishedAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000 + revision).toISOString(),
          publishedBy: 'The bench',
          correction: revision === 1 ? null : { wrong: 'Nine nights.', stands: 'Ten nights.' },
          revision: null,
        })
      publish(content.summary, 1)
      if (number % 10 === 0) publish(`${content.summary} Ten nights.`, 2)
    }
  })()
  db.close()
}
