import { formOf } from './import-file.ts'
import { isPodcastTranscript, podcastPassages } from './import-podcast-json.ts'
import { srtPassages } from './import-srt.ts'
import { vttPassages } from './import-vtt.ts'
import { readJson } from './json-lines.ts'
import { type Fault, readLines } from './line-reader.ts'
import type { Passage } from './passages.ts'

export type PassagesOfFile =
  | { readonly ok: true; readonly passages: readonly Passage[] }
  | { readonly ok: false; readonly fault: Fault }

/** What is said when, of a file that tells it: WebVTT, SubRip or the JSON transcript of podcast players. */
export const passagesOfFile = (name: string, text: string): PassagesOfFile => {
  const form = formOf(name.toLowerCase(), text)
  const reader = form === 'json' ? readJson(text) : readLines(text)
  const passages = readPassages(form, reader)
  const fault = reader.fault()
  return fault === null ? { ok: true, passages } : { ok: false, fault }
}

type Reader = ReturnType<typeof readJson> | ReturnType<typeof readLines>

const readPassages = (form: ReturnType<typeof formOf>, reader: Reader): readonly Passage[] => {
  if ('value' in reader) {
    if (reader.fault() === null && isPodcastTranscript(reader.value)) return podcastPassages(reader)
    reader.fail('a transcript ("segments")', [])
    return []
  }
  if (form === 'vtt') return vttPassages(reader).passages
  if (form === 'srt') return srtPassages(reader)
  reader.fail('WebVTT, SubRip or a transcript in JSON: this file has no times')
  return []
}
