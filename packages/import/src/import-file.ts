import type { Content, Source } from '@stet/schema/snapshot'
import { importBibtex } from './import-bibtex.ts'
import { importCsl, isCsl } from './import-csl.ts'
import { importMarkdown } from './import-markdown.ts'
import type { ImportResult, SourcesResult } from './import-outcome.ts'
import { importPodcastJson, isPodcastTranscript } from './import-podcast-json.ts'
import { importSnapshotJson, isSnapshot } from './import-snapshot-json.ts'
import { importSrt } from './import-srt.ts'
import { type ImportOptions, importText } from './import-text.ts'
import { importUrls, isUrlList } from './import-urls.ts'
import { importVtt } from './import-vtt.ts'
import { readJson } from './json-lines.ts'
import type { Fault } from './line-reader.ts'

export type FileImport =
  | { readonly ok: true; readonly holds: 'dispatch'; readonly content: Content }
  | { readonly ok: true; readonly holds: 'sources'; readonly sources: readonly Source[] }
  | { readonly ok: false; readonly fault: Fault }

/** What a file holds, whichever of the forms it has: its content tells, and where that does not, its name. */
export const importFile = (name: string, text: string, options: ImportOptions = {}): FileImport => {
  const title = name.replace(/^.*[\\/]/, '').replace(/(\.transcript)?\.[^.]*$/, '')
  switch (formOf(name.toLowerCase(), text)) {
    case 'vtt':
      return dispatch(importVtt(text, title, options))
    case 'srt':
      return dispatch(importSrt(text, title, options))
    case 'md':
      return dispatch(importMarkdown(text))
    case 'bib':
      return sources(importBibtex(text))
    case 'urls':
      return sources(importUrls(text))
    case 'json':
      return importJson(text, title)
    case 'text':
      return dispatch(importText(text, options))
  }
}

type Form = 'vtt' | 'srt' | 'md' | 'bib' | 'urls' | 'json' | 'text'

/** By its content, and where that does not tell, by its name, in lower case. */
export const formOf = (name: string, text: string): Form => {
  const bare = text.replace(/^\uFEFF/, '')
  if (bare.startsWith('◆')) return 'text'
  if (/^WEBVTT(\s|$)/.test(bare)) return 'vtt'
  if (/^\s*\d+[ \t]*\r?\n\s*\d{1,3}:\d\d:\d\d[,.]\d+\s+-->/.test(bare)) return 'srt'
  if (/^---[ \t]*\r?\n/.test(bare)) return 'md'
  if (/^\s*[[{]/.test(bare)) return 'json'
  if (/^(?:\s*%.*\n)*\s*@[a-z]+\s*[{(]/i.test(bare)) return 'bib'
  if (isUrlList(bare)) return 'urls'
  const extension = /\.(vtt|srt|md|bib|json)$/.exec(name)?.[1]
  return (extension as Form | undefined) ?? 'text'
}

const importJson = (text: string, title: string): FileImport => {
  const json = readJson(text)
  if (json.fault() === null && isSnapshot(json.value)) return dispatch(importSnapshotJson(json))
  if (json.fault() === null && isPodcastTranscript(json.value)) return dispatch(importPodcastJson(json, title))
  if (json.fault() === null && isCsl(json.value)) return sources(importCsl(json))
  json.fail('a dispatch or an essay of ours, a transcript ("segments"), or a list of works in CSL', [])
  return { ok: false, fault: json.fault() ?? { line: 1, found: 'nothing', expected: 'JSON' } }
}

const dispatch = (read: ImportResult): FileImport => (read.ok ? { ...read, holds: 'dispatch' } : read)
const sources = (read: SourcesResult): FileImport => (read.ok ? { ...read, holds: 'sources' } : read)
