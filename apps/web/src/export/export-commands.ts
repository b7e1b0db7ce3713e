import type { SnapshotOutcome } from '@stet/schema/layout/take-snapshot'
import type { Snapshot } from '@stet/schema/snapshot'
import type { DeskCommand } from '../commands/desk-command.ts'

const exported = [
  { format: 'text', name: 'text' },
  { format: 'md', name: 'Markdown' },
  { format: 'json', name: 'JSON' },
] as const

/** A file of what stands on the desk, made here: no server is needed. None while the writing is off the schema. */
export const exportCommands = (outcome: SnapshotOutcome): readonly DeskCommand[] =>
  outcome.ok
    ? exported.map(({ format, name }) => ({
        id: `export ${format}`,
        label: `Export as ${name}`,
        group: 'Dispatch',
        keys: [],
        heard: 'anywhere',
        words: 'download file save',
        run: () => void download(outcome.snapshot, format),
      }))
    : []

const download = async (snapshot: Snapshot, format: (typeof exported)[number]['format']): Promise<void> => {
  const { exportFile } = await import('./export-file.ts')
  const { name, bytes } = exportFile(snapshot, format)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
