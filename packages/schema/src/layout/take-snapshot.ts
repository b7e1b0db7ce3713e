import * as Y from 'yjs'
import { type Problem, problemsOf } from '../finding.ts'
import type { DispatchId } from '../ids.ts'
import { isIncompleteUrl } from '../link.ts'
import { Block, type Inline, LAYOUT_VERSION, type Marks, Snapshot } from '../snapshot.ts'
import type { BodyBlock } from './body-view.ts'
import { type Dispatch, openDispatch, SOURCE_PROSE, type SourceProse } from './open-dispatch.ts'
import { PROSE_FIELDS, type ProseField } from './roots.ts'
import type { Attributes, Run } from './segment.ts'

export type SnapshotOutcome = { ok: true; snapshot: Snapshot } | { ok: false; problems: Problem[] }

/** The only gate out of a replica: a validated value, or what is wrong with it by path. */
export const takeSnapshot = (doc: Y.Doc, id: DispatchId): SnapshotOutcome => createSnapshotTaker(openDispatch(doc), id)()

/** Takes snapshots of one replica again and again: a block that did not change is not put together and validated anew. */
export const createSnapshotTaker = (dispatch: Dispatch, id: DispatchId): (() => SnapshotOutcome) => {
  let known: { readonly references: string; readonly outcomes: WeakMap<BodyBlock, BlockOutcome> } | null = null

  return () => {
    if (dispatch.isNewerLayout())
      return {
        ok: false,
        problems: [
          { path: ['layout'], message: `written by a newer Stet (layout ${dispatch.meta.get('layout')}); update this one` },
        ],
      }
    const view = dispatch.body.read()
    if (view.strayLength > 0)
      return { ok: false, problems: [{ path: ['body'], message: 'there is text before the first block' }] }

    const sourceIds = dispatch.sources.list().map((source) => source.id)
    const speakerIds = dispatch.speakers.list().map((speaker) => speaker.id)
    const references = JSON.stringify([sourceIds, speakerIds])
    if (known?.references !== references) known = { references, outcomes: new WeakMap() }
    const { outcomes } = known
    const speakers = new Set(speakerIds)
    const ofBlock = (block: BodyBlock): BlockOutcome => {
      const outcome = outcomes.get(block) ?? Block.safeParse(blockOf(block, sourceIds, speakers))
      outcomes.set(block, outcome)
      return outcome
    }
    const blocks = view.visible.map(ofBlock)
    const rest = Snapshot.safeParse({ ...fieldsOf(dispatch, id), body: [] })
    if (rest.success && blocks.every((block) => block.success))
      return { ok: true, snapshot: { ...rest.data, body: blocks.map(({ data }) => data) } }
    const inBody = blocks.flatMap((block, nth) =>
      block.success ? [] : problemsOf(block.error).map(({ path, message }) => ({ path: ['body', nth, ...path], message })),
    )
    return { ok: false, problems: [...(rest.success ? [] : problemsOf(rest.error)), ...inBody] }
  }
}

type BlockOutcome = ReturnType<typeof Block.safeParse>

/** All but the body. */
const fieldsOf = (dispatch: Dispatch, id: DispatchId) => {
  const prose = Object.fromEntries(PROSE_FIELDS.map((field) => [field, dispatch.text(field).toString()])) as Record<
    ProseField,
    string
  >
  const target = dispatch.meta.get('targetSeconds')
  const audio = dispatch.meta.get('audio')
  const hasQuote = prose.quote !== '' || prose.quoteName !== '' || prose.quoteRole !== ''
  const hasByline = prose.bylineRole !== '' || prose.bylineHandle !== ''
  return {
    layout: LAYOUT_VERSION,
    id,
    kind: dispatch.meta.get('kind') ?? 'dispatch',
    number: dispatch.meta.get('number') ?? null,
    date: dispatch.meta.get('date') ?? null,
    language: dispatch.meta.get('language') ?? 'en',
    title: prose.title,
    ...(target === undefined ? {} : { targetSeconds: target }),
    ...(audio === undefined ? {} : { audio }),
    byline: hasByline ? { role: prose.bylineRole, handle: prose.bylineHandle } : null,
    quote: hasQuote ? { text: prose.quote, name: prose.quoteName, role: prose.quoteRole } : null,
    summary: prose.summary,
    topics: filledLines(prose.topics),
    speakers: dispatch.speakers
      .list()
      .map(({ id, fields }) => ({ id, name: fields.get('name'), color: fields.get('color') ?? 1 })),
    sources: dispatch.sources.list().map(({ id, fields }) => sourceOf(id, fields)),
  }
}

const sourceOf = (id: string, fields: Y.Map<unknown>) => {
  const prose = Object.fromEntries(SOURCE_PROSE.map((field) => [field, textOf(fields.get(field))])) as Record<SourceProse, string>
  const url = fields.get('url') ?? ''
  return {
    ...prose,
    id,
    kind: fields.get('kind') ?? '',
    tier: fields.get('tier') ?? null,
    url,
    urlIncomplete: typeof url === 'string' && isIncompleteUrl(url),
    keyPoints: filledLines(prose.keyPoints),
  }
}

const blockOf = (block: BodyBlock, sourceIds: readonly string[], speakerIds: ReadonlySet<string>): unknown => {
  const { kind, start, speaker, level } = block
  const own = { kind, id: block.id, content: inlinesOf(block, sourceIds) }
  if (kind === 'turn') return { ...own, speaker: speaker !== null && speakerIds.has(speaker) ? speaker : null, start }
  if (kind === 'chapter') return { ...own, start }
  if (kind === 'heading') return { ...own, level: level === 3 ? 3 : 2 }
  return own
}

/** The content of a block; neighbouring runs with equal marks become one. */
export const inlinesOf = (block: BodyBlock, sourceIds: readonly string[]): Inline[] => {
  const inlines: Inline[] = []
  for (const run of block.visible.flatMap((segment) => segment.runs)) {
    const inline = inlineOf(run, sourceIds)
    const last = inlines.at(-1)
    if (inline === null) continue
    if (last?.type === 'text' && inline.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(inline.marks))
      inlines[inlines.length - 1] = { ...last, text: last.text + inline.text }
    else inlines.push(inline)
  }
  return inlines
}

const inlineOf = ({ insert, attributes }: Run, sourceIds: readonly string[]): Inline | null => {
  const marks = marksOf(attributes, sourceIds)
  const marked = marks === null ? {} : { marks }
  if (typeof insert === 'string') return insert === '' ? null : { type: 'text', text: insert, ...marked }
  return insert.cue === '' ? null : { type: 'cue', cue: insert.cue, ...marked }
}

const marksOf = (attributes: Attributes, sourceIds: readonly string[]): Marks | null => {
  const cites = citesOf(attributes, sourceIds)
  const link = attributes['link']
  const marks: Marks = {
    ...(attributes['strong'] === true ? { strong: true } : {}),
    ...(attributes['em'] === true ? { em: true } : {}),
    ...(attributes['code'] === true ? { code: true } : {}),
    ...(typeof link === 'string' && link !== '' ? { link } : {}),
    ...(cites.length > 0 ? { cites } : {}),
  }
  return Object.keys(marks).length === 0 ? null : marks
}

/** In the order of the sources. A citation of a source that is gone counts as none. */
const citesOf = (attributes: Attributes, sourceIds: readonly string[]): string[] => {
  const cited = new Set(Object.keys(attributes).filter((key) => key.startsWith('cite:') && attributes[key] === true))
  // Most of a script rests on nothing, and is not to be compared with every source.
  return cited.size === 0 ? [] : sourceIds.filter((id) => cited.has(`cite:${id}`))
}

export const filledLines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

const textOf = (value: unknown): string => (value instanceof Y.Text ? value.toString() : '')
