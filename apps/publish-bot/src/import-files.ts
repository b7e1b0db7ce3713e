import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { importFile } from '@stet/import/import-file'
import type { ApiClient } from '@stet/schema/contract/client'
import type { DispatchId } from '@stet/schema/ids'
import type { Content } from '@stet/schema/snapshot'
import { resultOf } from './call.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { done, ExitCode, type Failure, failed, type Result } from './ending.ts'

/** `name` is the file as the person typed it; messages speak of it so. */
export type ParsedFile = { readonly name: string; readonly content: Content }
export type ImportedFile = ParsedFile & { readonly id: DispatchId }

/** Reads and parses every file before anything is sent: one fault, and nothing is imported. */
export const parseFiles = async (
  names: readonly string[],
  folder: string,
  speakers: readonly string[] | null,
): Promise<Result<ParsedFile[]>> => {
  const parsed = await Promise.all(names.map((name) => parseFile(name, folder, speakers)))
  const failures = parsed.flatMap((file) => (file.ok ? [] : [file.failure]))
  if (failures.length > 0) return { ok: false, failure: { code: worst(failures), lines: failures.flatMap(({ lines }) => lines) } }
  return done(parsed.flatMap((file) => (file.ok ? [file.value] : [])))
}

const parseFile = async (name: string, folder: string, speakers: readonly string[] | null): Promise<Result<ParsedFile>> => {
  let bytes: Uint8Array
  try {
    bytes = await readFile(resolve(folder, name))
  } catch (error) {
    return failed(ExitCode.usage, `${name}: ${whyUnread(error as NodeJS.ErrnoException)}`)
  }
  const decoded = decodeUtf8(bytes)
  if (!decoded.ok) return failed(ExitCode.refused, faultLine(name, decoded.fault))
  const imported = importFile(name, decoded.text, speakers === null ? {} : { speakers })
  if (!imported.ok) return failed(ExitCode.refused, faultLine(name, imported.fault))
  return imported.holds === 'dispatch'
    ? done({ name, content: imported.content })
    : failed(ExitCode.refused, `${name}: ${SOURCES_ONLY}`)
}

const SOURCES_ONLY = 'holds sources and no dispatch; import it at the desk, into the sources of a dispatch'

const faultLine = (name: string, { line, found, expected }: { line: number; found: string; expected: string }): string =>
  `${name}:${line}: found ${found}, expected ${expected}`

const whyUnread = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'is a folder, not a file' : message

const worst = (failures: readonly Failure[]) =>
  failures.some(({ code }) => code === ExitCode.usage) ? ExitCode.usage : ExitCode.refused

/** Sends what was parsed, in order; `onImported` hears of each before the next is sent. */
export const sendFiles = async (
  api: ApiClient,
  files: readonly ParsedFile[],
  onImported: (file: ImportedFile) => void,
): Promise<Result<undefined>> => {
  for (const file of files) {
    const created = resultOf(await api('createDispatch', { body: { content: file.content } }), `import ${file.name}`)
    if (!created.ok) return created
    onImported({ ...file, id: created.value.id })
  }
  return done(undefined)
}
