import { resolve } from 'node:path'
import type { FormatName } from '@stet/render/file-kinds'
import { writeNamedFile } from './atomic-write.ts'
import type { CommandContext } from './command-context.ts'
import { countsText } from './counts-text.ts'
import { done, ExitCode, failed, type Result } from './ending.ts'
import { exportOne, type Which } from './export-one.ts'
import { createExporter, type ExportOptions } from './export-published.ts'

export const exportCommand = async (
  { api, folder, terminal }: CommandContext,
  reference: string,
  which: Which,
  format: FormatName,
  out: string | null,
): Promise<Result<undefined>> => {
  const exported = await exportOne(api, reference, which, format)
  if (!exported.ok) return exported
  if (out === null) {
    terminal.write(exported.value)
    return done(undefined)
  }
  try {
    await writeNamedFile(resolve(folder, out), exported.value)
  } catch (error) {
    return failed(ExitCode.usage, `Could not write ${out}: ${(error as Error).message}`)
  }
  terminal.print(`Written ${out} (${exported.value.length} bytes)`)
  return done(undefined)
}

export const exportPublishedCommand = async (
  context: CommandContext,
  { out, ...options }: ExportOptions,
): Promise<Result<undefined>> => {
  const exported = await createExporter(context, { out: resolve(context.folder, out), ...options })()
  if (!exported.ok) return exported
  context.terminal.print(countsText(exported.value))
  return done(undefined)
}
