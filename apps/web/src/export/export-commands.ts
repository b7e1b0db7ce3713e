import { type FormatName, fileKinds, formatsOf } from '@stet/render/file-kinds'
import type { SnapshotOutcome } from '@stet/schema/layout/take-snapshot'
import type { Site } from '@stet/schema/revision'
import type { Snapshot } from '@stet/schema/snapshot'
import type { DeskCommand } from '../commands/desk-command.ts'

/** By what else people look for a form. */
const WORDS: Readonly<Partial<Record<FormatName, string>>> = {
  html: 'html web',
  vtt: 'vtt captions subtitles',
  srt: 'srt captions subtitles',
  transcript: 'json captions',
  chapters: 'json podcast',
  csl: 'sources references literature zotero',
  bib: 'sources references literature latex',
  csv: 'sources table spreadsheet',
  zip: 'zip archive everything',
}

/** A file of what stands on the desk, made here: no server is needed. None while the writing is off the schema. */
export const exportCommands = (outcome: SnapshotOutcome, site: Site): readonly DeskCommand[] =>
  outcome.ok
    ? formatsOf(outcome.snapshot).map((format) => ({
        id: `export ${format}`,
        label: format === 'zip' ? 'Export all files' : `Export as ${fileKinds[format].name}`,
        group: 'Dispatch',
        keys: [],
        heard: 'anywhere',
        words: `download file save ${WORDS[format] ?? ''}`,
        run: () => void download(outcome.snapshot, format, site),
      }))
    : []

const download = async (snapshot: Snapshot, format: FormatName, site: Site): Promise<void> => {
  const { exportFile } = await import('./export-file.ts')
  const { name, bytes } = exportFile(snapshot, format, site)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
