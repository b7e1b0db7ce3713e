import * as Y from 'yjs'
import { isSame } from '../is-same.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Dispatch } from './open-dispatch.ts'
import type { createRecords } from './records.ts'
import { restoreText, type Writing } from './restore-words.ts'
import type { ProseField } from './roots.ts'
import { filledLines } from './take-snapshot.ts'
import { proseOf, sourceFieldsOf } from './write-content.ts'

/** All of a dispatch but its body, made to say again what it said. Called inside a transaction. */

export const restoreFields = ({ meta, setMeta, text }: Dispatch, wanted: Snapshot, writing: Writing): void => {
  const { kind, number, date, language, targetSeconds = null, audio = null } = wanted
  const differing = Object.entries({ kind, number, date, language, targetSeconds, audio }).filter(
    ([key, value]) => !isSame(meta.get(key) ?? DEFAULTS[key] ?? null, value),
  )
  setMeta(Object.fromEntries(differing), writing.origin)
  for (const [field, prose] of Object.entries(proseOf(wanted)))
    restoreProse(text(field as ProseField), prose, field === 'topics', writing)
}

/** What a dispatch is taken for that does not say. */
const DEFAULTS: Readonly<Record<string, unknown>> = { kind: 'dispatch', language: 'en' }

export const restoreRecords = ({ speakers, sources }: Dispatch, wanted: Snapshot, writing: Writing): void => {
  restoreList(
    speakers,
    wanted.speakers.map(({ id, name, color }) => ({ id, values: { name, color } })),
    writing,
  )
  restoreList(
    sources,
    wanted.sources.map((source) => ({ id: source.id, values: sourceFieldsOf(source) })),
    writing,
  )
}

type Records = ReturnType<typeof createRecords>

/**
 * A record that was removed comes back under its own id, since citations and turns name it by that. So of two who restore
 * it at once one copy stands, and what was written into the other before they met goes with it.
 */
const restoreList = (
  records: Records,
  wanted: readonly { readonly id: string; readonly values: Readonly<Record<string, unknown>> }[],
  writing: Writing,
): void => {
  const { origin } = writing
  const ids = wanted.map(({ id }) => id)
  for (const { id } of records.list()) if (!ids.includes(id)) records.remove(id, origin)
  for (const { id, values } of wanted) {
    const fields = records.map.get(id)
    if (!(fields instanceof Y.Map)) {
      records.add(values, origin, { id })
      continue
    }
    for (const [key, value] of Object.entries(values)) {
      const current = fields.get(key)
      if (current instanceof Y.Text) restoreProse(current, String(value), key === 'keyPoints', writing)
      else if ((current ?? (value === '' ? '' : null)) !== value) records.set(id, { [key]: value }, origin)
    }
  }
  const order = records.list().map(({ id }) => id)
  const outOfOrder = ids.findIndex((id, nth) => order[nth] !== id)
  if (outOfOrder >= 0) for (const id of ids.slice(outOfOrder)) records.move(id, null, origin)
}

/** Of lists that are one a line, blank lines say nothing. */
const restoreProse = (text: Y.Text, wanted: string, isList: boolean, writing: Writing): void => {
  if (!isList || filledLines(text.toString()).join('\n') !== wanted) restoreText(text, wanted, writing)
}
