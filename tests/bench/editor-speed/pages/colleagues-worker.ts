/** Colleagues with a replica of their own: each types letter after letter at a caret of their own. */
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { bodyTexts, fragmentTexts, type SharedTexts } from '../shared-texts.ts'
import type { FromWorker, ToWorker } from './colleagues.ts'
import type { RivalName } from './rival.ts'

type Colleague = {
  readonly block: number
  offset: number
  readonly presence: (texts: SharedTexts) => Uint8Array
  readonly client: number
}

const FIRST_COLLEAGUE = 9_001
const COLORS = ['#7a3b74', '#5a6418', '#8f4326', '#43489a']
const SENTENCE = 'and the light went round and round over the dark water '

const doc = new Y.Doc()
let texts: SharedTexts | null = null
let colleagues: Colleague[] = []
let typed = 0

const begin = (rival: RivalName, rows: readonly Uint8Array[], blocks: readonly number[]) => {
  for (const row of rows) Y.applyUpdate(doc, row)
  if (rival !== 'floor') texts = rival === 'stet' ? bodyTexts(doc) : fragmentTexts(doc)
  colleagues = blocks.map((block, nth) => colleague(rival, block, nth))
}

const colleague = (rival: RivalName, block: number, nth: number): Colleague => {
  const client = FIRST_COLLEAGUE + nth
  doc.clientID = client
  const awareness = new Awareness(doc)
  const name = `Colleague ${nth + 1}`
  const who =
    rival === 'stet' ? { person: { id: name, name, color: nth + 2 } } : { user: { name, color: COLORS[nth] ?? '#43489a' } }
  const self: Colleague = {
    block,
    offset: 2,
    client,
    presence: (written) => {
      const at = Y.relativePositionToJSON(written.caret(block, self.offset))
      const place = { anchor: at, head: at }
      awareness.setLocalState({ ...who, ...(rival === 'stet' ? { caret: place } : { cursor: place }) })
      return encodeAwarenessUpdate(awareness, [client])
    },
  }
  return self
}

const type = (): void => {
  const next = colleagues[typed % colleagues.length]
  const letter = SENTENCE[Math.floor(typed / colleagues.length) % SENTENCE.length] ?? ' '
  typed += 1
  if (!next) return
  const { block, offset } = next
  let update: Uint8Array = new Uint8Array()
  if (texts !== null) {
    doc.clientID = next.client
    doc.once('update', (made: Uint8Array) => {
      update = made
    })
    texts.insert(block, offset, letter)
  }
  next.offset += 1
  tell({
    said: 'letter',
    arrival: { update, block, offset, letter },
    presence: texts === null ? new Uint8Array() : next.presence(texts),
  })
}

const tell = (said: FromWorker) => postMessage(said)

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.ask === 'begin') {
    begin(data.rival, data.rows, data.blocks)
    tell({ said: 'ready' })
  } else if (data.ask === 'letter') type()
  else setInterval(type, data.every)
})
