import * as Y from 'yjs'
import { type Problem, problemsOf } from '../finding.ts'
import type { DispatchId } from '../ids.ts'
import { isIncompleteUrl } from '../link.ts'
import { type Inline, LAYOUT_VERSION, type Marks, Snapshot } from '../snapshot.ts'
import { readBody } from './body-reader.ts'
import { type BodyBlock, visibleBlocks } from './body-view.ts'
import { openDispatch, PROSE_FIELDS, type ProseField, SOURCE_PROSE, type SourceProse } from './open-dispatch.ts'
import type { Attributes, Run } from './segment.ts'

export type SnapshotOutcome = { ok: true; snapshot: Snapshot } | { ok: false; problems: Problem[] }

/** The only gate out of a replica: a validated value, or what is wrong with it by path. */
export const takeSnapshot = (doc: Y.Doc, id: DispatchId): SnapshotOutcome => {
  const dispatch = openDispatch(doc)
  if (dispatch.isNewerLayout())
    return {
      ok: false,
      problems: [
        { path: ['layout'], message: `written by a newer Stet (layout ${dispatch.meta.get('layout')}); update this one` },
      ],
    }
  const view = readBody(dispatch.body.text)
  if (view.strayLength > 0) return { ok: false, problems: [{ path: ['body'], message: 'there is text before the first block' }] }

  const prose = Object.fromEntries(PROSE_FIELDS.map((field) => [field, dispatch.text(field).toString()])) as Record<
    ProseField,
    string
  >
  const sourceIds = dispatch.sources.list().map((source) => source.id)
  const speakerIds = new Set(dispatch.speakers.list().map((speaker) => speaker.id))
  const hasQuote = prose.quote !== '' || prose.quoteName !== '' || prose.quoteRole !== ''
  const hasByline = prose.bylineRole !== '' || prose.bylineHandle !== ''
  const candidate = {
    layout: LAYOUT_VERSION,
    id,
    kind: dispatch.meta.get('kind') ?? 'dispatch',
    number: dispatch.meta.get('number') ?? null,
    date: dispatch.meta.get('date') ?? null,
    language: dispatch.meta.get('language') ?? 'en',
    title: prose.title,
    byline: hasByline ? { role: prose.bylineRole, handle: prose.bylineHandle } : null,
    quote: hasQuote ? { text: prose.quote, name: prose.quoteName, role: prose.quoteRole } : null,
    summary: prose.summary,
    topics: filledLines(prose.topics),
    speakers: dispatch.speakers
      .list()
      .map(({ id, fields }) => ({ id, name: fields.get('name'), color: fields.get('color') ?? 1 })),
    sources: dispatch.sources.list().map(({ id, fields }) => sourceOf(id, fields)),
    body: visibleBlocks(view).map((block) => blockOf(block, sourceIds, speakerIds)),
  }
  const parsed = Snapshot.safeParse(candidate)
  return parsed.success ? { ok: true, snapshot: parsed.data } : { ok: false, problems: problemsOf(parsed.error) }
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

/** A citation of a source that is gone counts as none. */
const marksOf = (attributes: Attributes, sourceIds: readonly string[]): Marks | null => {
  const cites = sourceIds.filter((id) => attributes[`cite:${id}`] === true)
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

const filledLines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '')

const textOf = (value: unknown): string => (value instanceof Y.Text ? value.toString() : '')
