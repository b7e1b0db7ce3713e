import { nodeOf } from '@stet/editor/block-node'
import { scriptSchema } from '@stet/editor/script-schema'
import { visibleBlocks } from '@stet/schema/layout/body-view'
import { openDispatch } from '@stet/schema/layout/open-dispatch'
import { writeContent } from '@stet/schema/layout/write-content'
import type { Node } from 'prosemirror-model'
import { initProseMirrorDoc, prosemirrorToYXmlFragment } from 'y-prosemirror'
import * as Y from 'yjs'
import { ATOM, makeOldEdits, type OldEdit } from './old-edits.ts'
import { createRandom } from './random.ts'
import { generateScript, type Size, sizes } from './scripts.ts'
import { bodyTexts, fragmentTexts, type SharedTexts } from './shared-texts.ts'

/** One script as each rival has it in its store: the same blocks with the same words, through the same old edits. */
export type StoredScript = {
  readonly floor: unknown
  /** Yjs updates, one a row. */
  readonly yProsemirror: readonly Uint8Array[]
  readonly stet: readonly Uint8Array[]
}

/** So many of the newest edits are rows of their own; what is older has been compacted into one. */
const ROWS_OF_THEIR_OWN = 100
const FIRST_PERSON = 1_000
const SEED = 20_260_101

const OLD_EDITS = 6_000

/** Every script that is measured, fresh and with the traces of old edits: `1h`, `1h-edited` ... */
export const scripts = sizes.flatMap((size) => {
  const name = size.name.replace(' ', '')
  return [
    { name, size, oldEdits: 0 },
    { name: `${name}-edited`, size, oldEdits: OLD_EDITS },
  ]
})

/** Each is made when it is first asked for. */
export const storedScripts = (): ((name: string) => StoredScript) => {
  const made = new Map<string, StoredScript>()
  return (name) => {
    const script = scripts.find((each) => each.name === name)
    if (!script) throw new Error(`there is no script "${name}"`)
    const stored = made.get(name) ?? storeScript(script.size, script.oldEdits)
    made.set(name, stored)
    return stored
  }
}

const storeScript = (size: Size, oldEdits: number): StoredScript => {
  const random = createRandom(SEED)
  const stet = new Y.Doc()
  writeContent(stet, generateScript(size, random))
  const fresh = documentOf(stet)
  const yProsemirror = new Y.Doc()
  prosemirrorToYXmlFragment(fresh, yProsemirror.getXmlFragment('prosemirror'))

  const edits = makeOldEdits(textsOf(fresh), oldEdits, random)
  const stetRows = rowsThrough(stet, bodyTexts, edits)
  const yProsemirrorRows = rowsThrough(yProsemirror, fragmentTexts, edits)
  const edited = documentOf(stet)
  const theirs = initProseMirrorDoc(yProsemirror.getXmlFragment('prosemirror'), scriptSchema).doc
  if (!sameWords(edited, theirs)) throw new Error('the rivals must hold the same words')
  return { floor: edited.toJSON(), stet: stetRows, yProsemirror: yProsemirrorRows }
}

const documentOf = (doc: Y.Doc): Node => scriptSchema.node('doc', null, visibleBlocks(openDispatch(doc).body.read()).map(nodeOf))

const textsOf = (doc: Node): string[] => doc.children.map((block) => block.textBetween(0, block.content.size, '', ATOM))

const sameWords = (a: Node, b: Node): boolean => JSON.stringify(textsOf(a)) === JSON.stringify(textsOf(b))

const rowsThrough = (doc: Y.Doc, textsIn: (doc: Y.Doc) => SharedTexts, edits: readonly OldEdit[]): Uint8Array[] => {
  const texts = textsIn(doc)
  const apply = ({ block, offset, deleted, inserted, person }: OldEdit) => {
    // Replicas that hand each other every edit at once hold what one does that writes under each one's id in turn.
    doc.clientID = FIRST_PERSON + person
    doc.transact(() => {
      if (deleted > 0) texts.delete(block, offset, deleted)
      if (inserted !== '') texts.insert(block, offset, inserted)
    })
  }
  for (const edit of edits.slice(0, -ROWS_OF_THEIR_OWN)) apply(edit)
  const rows = [Y.encodeStateAsUpdate(doc)]
  doc.on('update', (update: Uint8Array) => rows.push(update))
  for (const edit of edits.slice(-ROWS_OF_THEIR_OWN)) apply(edit)
  return rows
}
