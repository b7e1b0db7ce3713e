import type { Edition } from '@stet/render/edition'
import { type FormatName, fileKinds } from '@stet/render/file-kinds'
import { renderFormat } from '@stet/render/formats'
import type { ApiClient } from '@stet/schema/contract/client'
import type { RevisionFacts, Site } from '@stet/schema/revision'
import { resultOf } from './call.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { fetchRevision } from './fetch-revision.ts'
import { lookUp } from './look-up.ts'

/** A revision by its number, the newest, or the dispatch as it stands now. */
export type Which = number | 'latest' | 'draft'

/** One dispatch in one format, as exact bytes. */
export const exportOne = async (
  api: ApiClient,
  reference: string,
  which: Which,
  format: FormatName,
): Promise<Result<Uint8Array>> => {
  const found = await lookUp(api, reference)
  if (!found.ok) return found
  const { dispatch, site } = found.value
  if (which === 'draft') {
    const snapshot = resultOf(await api('getSnapshot', { params: { id: dispatch.id } }), `fetch “${dispatch.title}”`)
    return snapshot.ok ? inFormat(format, { snapshot: snapshot.value, revision: null }, site) : snapshot
  }
  const listed = resultOf(
    await api('listRevisions', { params: { id: dispatch.id } }),
    `list the revisions of “${dispatch.title}”`,
  )
  if (!listed.ok) return listed
  const facts = chosen(listed.value.revisions, which)
  if (facts === undefined) return failed(ExitCode.refused, noSuchRevision(dispatch.title, which, listed.value.revisions))
  const revision = await fetchRevision(api, facts)
  if (!revision.ok) return revision
  const { snapshot, ...published } = revision.value
  return inFormat(format, { snapshot, revision: published }, site)
}

const inFormat = (format: FormatName, edition: Edition, site: Site): Result<Uint8Array> => {
  const bytes = renderFormat(format, edition, site)
  if (bytes !== null) return done(bytes)
  return failed(
    ExitCode.refused,
    `“${edition.snapshot.title}” has no ${fileKinds[format].needs}, so there is no .${fileKinds[format].extension} of it.`,
  )
}

const chosen = (revisions: readonly RevisionFacts[], which: number | 'latest'): RevisionFacts | undefined =>
  which === 'latest' ? revisions.at(-1) : revisions.find(({ revision }) => revision === which)

const noSuchRevision = (title: string, which: number | 'latest', revisions: readonly RevisionFacts[]): string =>
  revisions.length === 0
    ? `“${title}” is not published yet; leave out --revision to export the draft.`
    : `“${title}” has no revision ${which}; there is ${revisions.map(({ revision }) => revision).join(', ')}.`
