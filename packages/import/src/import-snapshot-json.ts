import { problemsOf } from '@stet/schema/finding'
import { LAYOUT_VERSION, Snapshot } from '@stet/schema/snapshot'
import type { ImportResult } from './import-outcome.ts'
import type { JsonLines } from './json-lines.ts'

export const isSnapshot = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'layout' in value && 'body' in value

/** All of a dispatch or essay from its own JSON. It gets an id of its own, since the other may still be here. */
export const importSnapshotJson = (json: JsonLines): ImportResult => {
  const read = Snapshot.safeParse(json.value)
  if (read.success) {
    const { layout: _, id: __, ...content } = read.data
    return { ok: true, content }
  }
  const [problem] = problemsOf(read.error)
  const { layout } = json.value as { layout: unknown }
  if (typeof layout === 'number' && layout > LAYOUT_VERSION)
    json.fail(`layout ${LAYOUT_VERSION}: this was written by a newer Stet`, ['layout'])
  json.fail((problem?.message ?? 'a dispatch').replace(/^expected /, ''), problem?.path ?? [])
  return { ok: false, fault: json.fault() ?? NOTHING }
}

const NOTHING = { line: 1, found: 'nothing that can be read', expected: 'a dispatch or an essay' }
